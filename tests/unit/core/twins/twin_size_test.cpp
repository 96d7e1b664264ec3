// The sizes of sections (service API §3.5).
#include "common/json_text.hpp"
#include "emulator/core/twins/twin_validation.hpp"
#include "support/catch.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core {

namespace {

std::size_t size_of(const char* section) {
    return section_size(json::parse(section));
}

// A section of exactly `size` bytes: keys of two letters, strings of up to 4000.
std::string section_of(std::size_t size) {
    json section = json::object();
    for (char letter = 'a'; size > 0; ++letter) {
        const std::size_t text = std::min<std::size_t>(size - 2, 4000);
        section[std::string("k") + letter] = std::string(text, 's');
        size -= text + 2;
    }
    return section.dump();
}

} // namespace

TEST_CASE("a section's size is its keys and values", "[twins]") {
    CHECK(size_of("{}") == 0);
    CHECK(size_of(R"({"abc":"defgh"})") == 8);
    CHECK(size_of(R"({"a":1})") == 9);
    CHECK(size_of(R"({"a":1.5,"b":-7})") == 18);
    CHECK(size_of(R"({"a":true,"b":false})") == 10);
    CHECK(size_of(R"({"a":{"bb":{"ccc":""}}})") == 6);
    CHECK(size_of(R"({"a":["xy",1,[true],{"k":"v"}]})") == 1 + 2 + 8 + 4 + 2);
    CHECK(size_of(R"({"":""})") == 0);
}

TEST_CASE("keys and strings are measured in bytes, strings without control characters", "[twins]") {
    CHECK(size_of("{\"\xc3\xa9\":\"\xe2\x82\xac\"}") == 5);
    CHECK(size_of(R"({"a":"x\u0000\n\u001fy"})") == 3);
    CHECK(size_of(R"({"a":"x\u0080\u009fy"})") == 3);
    CHECK(size_of(R"({"a":"\u00a0"})") == 3);
}

TEST_CASE("a section of its limit is kept, one byte more is refused", "[twins]") {
    test::twin_bench t;
    CHECK(t.patch(section_of(8192).c_str(), nullptr));
    CHECK(t.patch(nullptr, section_of(32768).c_str()));
    CHECK(t.report(section_of(32768).c_str()));
    const twin before = t.now();
    CHECK(t.patch(R"({"z":""})", nullptr).error().code == errc::argument_invalid);
    CHECK(t.patch(nullptr, R"({"z":""})").error().code == errc::argument_invalid);
    CHECK(t.report(R"({"z":""})").error().code == errc::argument_invalid);
    CHECK(t.now() == before);
}

TEST_CASE("a replacement is measured like a patch", "[twins]") {
    test::twin_bench t;
    CHECK(t.replace(section_of(8192).c_str(), section_of(32768).c_str()));
    CHECK_FALSE(t.replace(section_of(8193).c_str(), nullptr));
    CHECK_FALSE(t.replace(nullptr, section_of(32769).c_str()));
}

TEST_CASE("the refusal names section, size and limit", "[twins]") {
    test::twin_bench t;
    const std::string message = t.patch(section_of(8193).c_str(), nullptr).error().message;
    for (const char* part : {"tags", "8193", "8192"}) {
        CHECK(message.find(part) != std::string::npos);
    }
}

TEST_CASE("what a patch removes makes room for what it adds", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(section_of(8192).c_str(), nullptr));
    CHECK(t.patch(R"({"ka":null,"zz":"new"})", nullptr));
}

TEST_CASE("a null in a patch has no size of its own", "[twins]") {
    CHECK(size_of(R"({"abc":null,"d":{"efg":null}})") == 1);
    test::twin_bench t;
    json removals = json::object();
    for (int i = 0; i < 10; ++i) {
        removals[std::string(1000, static_cast<char>('a' + i))] = nullptr;
    }
    CHECK(t.patch(removals.dump().c_str(), nullptr));
}

TEST_CASE("a section over its limit may shrink or stay, but not grow", "[twins]") {
    test::twin_bench t;
    twin large = t.now();
    large.desired.values = json::parse(section_of(40'000));
    t.store.put_twin(large);
    CHECK_FALSE(t.patch(nullptr, R"({"z":""})"));
    CHECK(t.patch(nullptr, "{}"));
    CHECK(t.patch(R"({"t":1})", nullptr));
    CHECK(t.patch(nullptr, section_of(40'000).c_str()));
    CHECK(t.patch(nullptr, R"({"ka":"shorter"})"));
    CHECK(section_size(t.now().desired.values) > max_properties_size);
    CHECK(t.replace(nullptr, section_of(34'000).c_str()));
    CHECK(section_size(t.now().desired.values) == 34'000);
    CHECK(t.patch(nullptr, "null"));
}

TEST_CASE("a patch of 100,000 members is refused before it is merged", "[twins]") {
    test::twin_bench t;
    std::string text = "{\"k\":0";
    for (int i = 0; i < 100'000; ++i) {
        text += ",\"k" + std::to_string(i) + "\":0";
    }
    const json patch = parse_json(text + "}").value();
    for (const auto& refused :
         {t.hub.twins().patch(t.key, {patch, {}}, {}), t.hub.twins().patch(t.key, {{}, patch}, {}),
          t.hub.twins().replace(t.key, {patch, patch}, {})}) {
        CHECK(refused.error().code == errc::argument_invalid);
    }
    CHECK(t.hub.twins().report(t.key, patch, {}).error().code == errc::argument_invalid);
}

} // namespace iothub::core
