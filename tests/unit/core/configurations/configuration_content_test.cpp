#include "emulator/core/configurations/configuration_content.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

result<configuration_content> read(const std::string& text) {
    return read_configuration_content(json::parse(text));
}

} // namespace

TEST_CASE("a content is of one of three kinds", "[configurations]") {
    const auto device = read(R"({"deviceContent":{"properties.desired.a":1}})");
    REQUIRE(device);
    CHECK(device->kind == content_kind::device);
    CHECK(device->document.dump() == R"({"deviceContent":{"properties.desired.a":1}})");
    REQUIRE(device->settings.at("").size() == 1);
    CHECK(device->settings.at("")[0].path == property_path{"a"});
    CHECK(device->settings.at("")[0].value == 1);

    const auto module = read(R"({"moduleContent":{"properties.desired":{"a":1}}})");
    REQUIRE(module);
    CHECK(module->kind == content_kind::module);
    CHECK(module->settings.at("")[0].path.empty());
}

TEST_CASE("kinds that SDKs leave null or empty are not there", "[configurations]") {
    const auto content = read(R"({"modulesContent":null,"moduleContent":{},
                                  "deviceContent":{"properties.desired.a":null}})");
    REQUIRE(content);
    CHECK(content->document.dump() == R"({"deviceContent":{"properties.desired.a":null}})");
}

TEST_CASE("a deployment that sets all of $edgeAgent is a base, any other a layer",
          "[configurations]") {
    const auto base = read(R"({"modulesContent":{
        "$edgeAgent":{"properties.desired":{"schemaVersion":"1.1","modules":{}}},
        "$edgeHub":{"properties.desired":{"routes":{}}},
        "m":{"properties.desired":{"x":1}}}})");
    REQUIRE(base);
    CHECK(base->kind == content_kind::deployment);
    CHECK(base->is_base());
    CHECK(base->settings.size() == 3);

    const auto layer = read(R"({"modulesContent":{"$edgeAgent":{},
        "$edgeHub":{"properties.desired.routes.r":"FROM /messages/* INTO $upstream"}}})");
    REQUIRE(layer);
    CHECK_FALSE(layer->is_base());
}

TEST_CASE("a content that breaks a rule is refused", "[configurations]") {
    const std::string large(4'000, 'x');
    std::string modules;
    for (int i = 0; i < 51; ++i) {
        modules += R"(,"m)" + std::to_string(i) + R"(":{})";
    }
    const auto text = GENERATE_COPY(
        as<std::string>{}, "[]", "7", "{}", R"({"deviceContent":null})", R"({"deviceContent":{}})",
        R"({"deviceContent":7})", R"({"deviceContent":[1]})", R"({"other":{"a":1}})",
        R"({"deviceContent":{"properties.desired.a":1},"moduleContent":{"properties.desired.a":1}})",
        R"({"deviceContent":{"properties.desired.a":1},"modulesContent":{"$edgeAgent":{}}})",
        R"({"deviceContent":{"tags.a":1}})", R"({"deviceContent":{"properties.reported.a":1}})",
        R"({"deviceContent":{"properties.desiredx":1}})",
        R"({"deviceContent":{"properties.desired":7}})",
        R"({"deviceContent":{"properties.desired":null}})",
        R"({"deviceContent":{"properties.desired.a":{"b.c":1}}})",
        R"({"deviceContent":{"properties.desired.$a":1}})",
        R"({"deviceContent":{"properties.desired.a b":1}})",
        R"({"deviceContent":{"properties.desired.a":[null]}})",
        R"({"deviceContent":{"properties.desired.a":4503599627370496}})",
        R"({"deviceContent":{"properties.desired.a":")" + large + large + R"("}})",
        R"({"deviceContent":{"properties.desired.a.b.c.d.e.f.g.h.i.j.k.l":1}})",
        R"({"deviceContent":{"properties.desired":{"a":")" + large + R"(","b":")" + large +
            R"(","c":")" + large + R"(","d":")" + large + R"(","e":")" + large + R"(","f":")" +
            large + R"(","g":")" + large + R"(","h":")" + large + R"(","i":")" + large + R"("}}})",
        R"({"modulesContent":{"$edgeHub":{"properties.desired":{}}}})",
        R"({"modulesContent":{"$edgeAgent":7}})", R"({"modulesContent":{"$edgeAgent":{"a":1}}})",
        R"({"modulesContent":{"$edgeAgent":{},"$other":{}}})",
        R"({"modulesContent":{"$edgeAgent":{},"a b":{}}})",
        R"({"modulesContent":{"$edgeAgent":{},"":{}}})",
        R"({"modulesContent":{"$edgeAgent":{})" + modules + "}}");
    INFO(text.substr(0, 100));
    const auto refused = read(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::invalid_configuration_content);
    CHECK_FALSE(refused.error().message.empty());
    CHECK(refused.error().message.find(';') == std::string::npos);
}

TEST_CASE("a twin gets 4096 settings at once, and not one more", "[configurations]") {
    json settings = json::object();
    for (int i = 0; i < 4096; ++i) {
        settings["properties.desired.p" + std::to_string(i)] = nullptr;
    }
    CHECK(read_configuration_content({{"deviceContent", settings}}));
    settings["properties.desired.one"] = nullptr;
    const auto refused = read_configuration_content({{"deviceContent", settings}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::invalid_configuration_content);
    CHECK(refused.error().message == "deviceContent has over 4096 keys.");
    CHECK_FALSE(read_configuration_content({{"modulesContent", {{"$edgeAgent", settings}}}}));
}

} // namespace iothub::core
