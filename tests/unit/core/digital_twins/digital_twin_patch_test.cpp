#include "emulator/core/digital_twins/digital_twin_patch.hpp"

#include "support/catch.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core::digital_twins {

namespace {

struct bench : test::twin_bench {
    bench() {
        REQUIRE(patch(nullptr,
                      R"({"fan":2,"box":{"w":1,"h":{"x":1}},"odd":{"k":1},)"
                      R"("c":{"__t":"c","a":1,"b":{"x":1,"y":2}},"one":{"__t":"c","p":1}})"));
        REQUIRE(report(R"({"serial":"s","told":{"__t":"c","max":3},"c":{"__t":"c","max":1}})"));
    }

    std::string patched(const std::string& operations) {
        const auto desired = desired_patch_of(json::parse(operations), now());
        return desired ? desired->dump() : "refused: " + desired.error().message;
    }

    // The desired properties behind the patch.
    std::string after(const std::string& operations) {
        const auto desired = desired_patch_of(json::parse(operations), now());
        REQUIRE(desired);
        REQUIRE(hub.twins().patch(key, {std::nullopt, *desired}, {}));
        return twin_bench::desired();
    }

    errc refusal(const std::string& operations) {
        const auto desired = desired_patch_of(json::parse(operations), now());
        REQUIRE_FALSE(desired);
        CHECK(desired.error().message.find(';') == std::string::npos);
        CHECK_FALSE(desired.error().message.empty());
        return desired.error().code;
    }
};

} // namespace

TEST_CASE("a property of the root is set, by add and by replace", "[digital_twins]") {
    bench b;
    const std::string op = GENERATE("add", "replace");
    CHECK(b.patched(R"([{"op":")" + op + R"(","path":"/fan","value":3.5}])") == R"({"fan":3.5})");
    CHECK(b.patched(R"([{"op":")" + op + R"(","path":"/new","value":"x"}])") == R"({"new":"x"})");
    CHECK(b.patched(R"([{"op":")" + op + R"(","path":"/serial","value":true}])") ==
          R"({"serial":true})");
}

TEST_CASE("an object in place of another leaves nothing of it", "[digital_twins]") {
    bench b;
    CHECK(b.patched(R"([{"op":"replace","path":"/box","value":{"h":{"z":1},"d":4}}])") ==
          R"({"box":{"h":{"z":1,"x":null},"d":4,"w":null}})");
    CHECK(b.patched(R"([{"op":"replace","path":"/box","value":7}])") == R"({"box":7})");
    CHECK(b.patched(R"([{"op":"replace","path":"/fan","value":{"a":1}}])") == R"({"fan":{"a":1}})");
}

TEST_CASE("a property of a component is set, with the component's mark", "[digital_twins]") {
    bench b;
    CHECK(b.patched(R"([{"op":"add","path":"/c/a","value":5}])") == R"({"c":{"__t":"c","a":5}})");
    CHECK(b.patched(R"([{"op":"replace","path":"/c/b","value":{"x":2}}])") ==
          R"({"c":{"__t":"c","b":{"x":2,"y":null}}})");
    // Only the device has told of it yet, of the component or of the property.
    CHECK(b.patched(R"([{"op":"add","path":"/told/target","value":5}])") ==
          R"({"told":{"__t":"c","target":5}})");
    CHECK(b.patched(R"([{"op":"replace","path":"/c/max","value":5}])") ==
          R"({"c":{"__t":"c","max":5}})");
}

TEST_CASE("a whole component loses what is not in the new one", "[digital_twins]") {
    bench b;
    CHECK(
        b.patched(R"([{"op":"replace","path":"/c","value":{"b":{"x":1},"n":0,"$metadata":{}}}])") ==
        R"({"c":{"__t":"c","b":{"x":1,"y":null},"n":0,"a":null}})");
    CHECK(b.patched(R"([{"op":"add","path":"/d","value":{"$metadata":{},"t":1}}])") ==
          R"({"d":{"__t":"c","t":1}})");
    CHECK(b.patched(R"([{"op":"add","path":"/d","value":{"$metadata":{}}}])") ==
          R"({"d":{"__t":"c"}})");
}

TEST_CASE("removing clears desired values", "[digital_twins]") {
    bench b;
    CHECK(b.patched(R"([{"op":"remove","path":"/fan"}])") == R"({"fan":null})");
    CHECK(b.patched(R"([{"op":"remove","path":"/c"}])") == R"({"c":null})");
    CHECK(b.patched(R"([{"op":"remove","path":"/c/a"}])") == R"({"c":{"__t":"c","a":null}})");
    CHECK(b.patched(R"([{"op":"remove","path":"/serial"}])") == R"({"serial":null})");
    CHECK(b.patched(R"([{"op":"remove","path":"/told/max"}])") == "{}"); // nothing was desired
}

TEST_CASE("with its last property a component goes", "[digital_twins]") {
    bench b;
    CHECK(b.patched(R"([{"op":"remove","path":"/one/p"}])") == R"({"one":null})");
    CHECK(b.patched(R"([{"op":"remove","path":"/c/a"},{"op":"remove","path":"/c/b"}])") ==
          R"({"c":null})");
}

TEST_CASE("operations see what those before them did", "[digital_twins]") {
    bench b;
    CHECK(b.patched(R"([{"op":"add","path":"/new","value":1},{"op":"remove","path":"/new"}])") ==
          R"({"new":null})");
    CHECK(b.patched(R"([{"op":"add","path":"/d","value":{"$metadata":{}}},)"
                    R"({"op":"add","path":"/d/p","value":1}])") == R"({"d":{"__t":"c","p":1}})");
    CHECK(b.patched(R"([{"op":"remove","path":"/c"},)"
                    R"({"op":"add","path":"/c","value":{"n":1,"$metadata":{}}}])") ==
          R"({"c":{"__t":"c","n":1,"a":null,"b":null}})");
    CHECK(b.patched(R"([{"op":"add","path":"/c/n","value":1},{"op":"remove","path":"/c/n"}])") ==
          R"({"c":{"__t":"c","n":null}})");
    CHECK(b.patched(R"([{"op":"remove","path":"/one"},{"op":"add","path":"/one","value":1}])") ==
          R"({"one":1})");
    CHECK(b.refusal(R"([{"op":"remove","path":"/fan"},{"op":"remove","path":"/fan"}])") ==
          errc::invalid_digital_twin_patch);
}

TEST_CASE("the twin becomes what the operations said", "[digital_twins]") {
    bench b;
    CHECK(
        b.after(R"([{"op":"replace","path":"/box","value":{"d":1}},{"op":"remove","path":"/odd"},)"
                R"({"op":"add","path":"/c/b","value":{"y":3}},{"op":"remove","path":"/one/p"},)"
                R"({"op":"add","path":"/told/t","value":1}])") ==
        R"({"fan":2,"box":{"d":1},"c":{"__t":"c","a":1,"b":{"y":3}},"told":{"__t":"c","t":1}})");
}

TEST_CASE("what is no JSON Patch", "[digital_twins]") {
    bench b;
    const char* operations = GENERATE(
        "{}", "null", "1", "[]", "[1]", "[[]]", "[{}]", R"([{"path":"/fan","value":1}])",
        R"([{"op":"add","value":1}])", R"([{"op":"add","path":1,"value":1}])",
        R"([{"op":1,"path":"/fan","value":1}])", R"([{"op":"set","path":"/fan","value":1}])",
        R"([{"op":"Add","path":"/fan","value":1}])", R"([{"op":"test","path":"/fan","value":2}])",
        R"([{"op":"move","path":"/fan","from":"/box"}])",
        R"([{"op":"copy","path":"/fan","from":"/box"}])", R"([{"op":"add","path":"/fan"}])",
        R"([{"op":"replace","path":"/c/a"}])",
        R"([{"op":"add","path":"/fan","value":1},{"op":"add"}])");
    INFO(operations);
    CHECK(b.refusal(operations) == errc::invalid_digital_twin_json_patch);
}

TEST_CASE("too many operations", "[digital_twins]") {
    bench b;
    json operations = json::array();
    for (std::size_t i = 0; i < max_patch_operations; ++i) {
        operations.push_back({{"op", "add"}, {"path", "/p" + std::to_string(i)}, {"value", i}});
    }
    CHECK(desired_patch_of(operations, b.now()));
    operations.push_back({{"op", "add"}, {"path", "/one_more"}, {"value", 1}});
    CHECK(b.refusal(operations.dump()) == errc::invalid_digital_twin_json_patch);
}

TEST_CASE("paths that lead nowhere", "[digital_twins]") {
    bench b;
    const std::string path =
        GENERATE("", "/", "fan", "fan/", "//", "/fan/", "/c//a", "/c/a/", "/c/b/x", "/$metadata",
                 "/$metadata/fan", "/$dtId", "/c/$metadata", "/__t", "/c/__t", "/c/-", "/0", "/a-b",
                 "/a b", "/c~1a", "/c~0a", "/c~2a", "/c~", "/c;a", "#/fan");
    INFO(path);
    CHECK(b.refusal(R"([{"op":"add","path":")" + path + R"(","value":1}])") ==
          errc::invalid_digital_twin_patch_path);
    CHECK(b.refusal(R"([{"op":"remove","path":")" + path + R"("}])") ==
          errc::invalid_digital_twin_patch_path);
}

TEST_CASE("a path beyond all names", "[digital_twins]") {
    bench b;
    const json operation{{"op", "remove"}, {"path", "/" + std::string(100'000, 'x')}};
    CHECK(b.refusal(json::array({operation}).dump()) == errc::invalid_digital_twin_patch_path);
}

TEST_CASE("values that no property has", "[digital_twins]") {
    bench b;
    const std::string value = GENERATE(
        "null", "[]", "[1]", R"({"a":null})", R"({"a":[1]})", R"({"a b":1})", R"({"$a":1})",
        R"({"a":{"b":{"c":{"d":{"e":{}}}}}})", R"({"":1})", R"({"__t":"c"})");
    INFO(value);
    CHECK(b.refusal(R"([{"op":"add","path":"/fan","value":)" + value + "}]") ==
          errc::invalid_digital_twin_payload);
    CHECK(b.refusal(R"([{"op":"add","path":"/c/a","value":)" + value + "}]") ==
          errc::invalid_digital_twin_payload);
    CHECK(b.refusal(R"([{"op":"add","path":"/d","value":{"$metadata":{},"p":)" + value + "}}]") ==
          errc::invalid_digital_twin_payload);
}

TEST_CASE("what a twin cannot hold is refused before it is compared", "[digital_twins]") {
    bench b;
    const std::string large = R"(":")" + std::string(4'000, 'x') + '"';
    std::string members = R"("a":1)";
    for (const char* name : {"b", "c", "d", "e", "f", "g", "h", "i", "j"}) {
        members += std::string(",\"") + name + large;
    }
    const std::string path = GENERATE("/box", "/new", "/c/b");
    CHECK(b.refusal(R"([{"op":"add","path":")" + path + R"(","value":{)" + members + "}}]") ==
          errc::argument_invalid);
    CHECK(b.refusal(R"([{"op":"add","path":")" + path + R"(","value":")" + std::string(4'097, 'x') +
                    R"("}])") == errc::argument_invalid);
    CHECK(b.refusal(R"([{"op":"replace","path":"/c","value":{"$metadata":{},)" + members + "}}]") ==
          errc::argument_invalid);
}

TEST_CASE("five levels are not too many", "[digital_twins]") {
    bench b;
    const std::string value = R"({"a":{"b":{"c":{"d":{"e":1}}}}})";
    CHECK(b.patched(R"([{"op":"add","path":"/fan","value":)" + value + "}]") ==
          R"({"fan":)" + value + "}");
}

TEST_CASE("components whose metadata are not empty, or who hold components", "[digital_twins]") {
    bench b;
    const std::string value =
        GENERATE(R"({"$metadata":{"a":1},"p":1})", R"({"$metadata":1})", R"({"$metadata":null})",
                 R"({"$metadata":{},"p":{"$metadata":{}}})", R"({"$metadata":{},"__t":"c"})",
                 R"({"$metadata":{},"a-b":1})");
    INFO(value);
    CHECK(b.refusal(R"([{"op":"add","path":"/d","value":)" + value + "}]") ==
          errc::invalid_digital_twin_payload);
    CHECK(b.refusal(R"([{"op":"add","path":"/c/d","value":{"$metadata":{}}}])") ==
          errc::invalid_digital_twin_payload);
}

TEST_CASE("what is not there cannot be removed, nor a component without being added",
          "[digital_twins]") {
    bench b;
    const char* operation = GENERATE(
        R"({"op":"remove","path":"/none"})", R"({"op":"remove","path":"/c/none"})",
        R"({"op":"remove","path":"/none/a"})", R"({"op":"add","path":"/none/a","value":1})",
        R"({"op":"replace","path":"/none/a","value":1})");
    INFO(operation);
    CHECK(b.refusal("[" + std::string(operation) + "]") == errc::invalid_digital_twin_patch);
}

TEST_CASE("what the twin has is of the other kind", "[digital_twins]") {
    bench b;
    const auto [operation, name] = GENERATE(table<std::string, std::string>({
        {R"({"op":"add","path":"/box/w","value":1})", "box"},
        {R"({"op":"remove","path":"/odd/k"})", "odd"},
        {R"({"op":"add","path":"/fan/x","value":1})", "fan"},
        {R"({"op":"add","path":"/serial/x","value":1})", "serial"},
        {R"({"op":"add","path":"/c","value":{"a":1}})", "c"},
        {R"({"op":"replace","path":"/told","value":7})", "told"},
        {R"({"op":"add","path":"/box","value":{"$metadata":{}}})", "box"},
    }));
    const auto refused = desired_patch_of(json::parse("[" + operation + "]"), b.now());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message ==
          "'" + name +
              "' exists within the device twin and is not digital twin conformant "
              "property. Please refer to aka.ms/dtpatch to update this to be conformant.");
}

} // namespace iothub::core::digital_twins
