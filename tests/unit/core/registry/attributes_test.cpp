// Attributes of devices (service API §2.1, api-version 2024-03-31; row R14).
#include "common/json_text.hpp"
#include "emulator/core/registry/identity_document.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

namespace {

const identity_key device{"d", ""};

result<identity> put(test::memory_hub& h, const json& attributes) {
    const auto request = read_identity_document(json{{"attributes", attributes}}, device);
    if (!request) {
        return request.error();
    }
    const bool exists = h.hub.identities().get(device).has_value();
    return h.hub.identities().put(*request, exists ? precondition::anything() : precondition{});
}

} // namespace

TEST_CASE("attributes are kept and shown as they were sent", "[registry]") {
    test::memory_hub h;
    const json attributes = json::parse(R"({"z":{"list":[1,{"b":"c"}],"n":1.0},"a":"plain"})");
    const auto made = put(h, attributes);
    REQUIRE(made);
    const json shown = identity_document(*made, moment::later)["attributes"];
    CHECK(to_text(shown) == to_text(attributes));
}

TEST_CASE("attributes are replaced with the rest, and gone where they are not sent", "[registry]") {
    test::memory_hub h;
    put(h, json{{"a", 1}}).value();
    CHECK(put(h, json{{"b", 2}})->attributes == R"({"b":2})");
    const json nothing = GENERATE(json(nullptr), json(json::object()));
    const auto emptied = put(h, nothing);
    REQUIRE(emptied);
    CHECK(emptied->attributes.empty());
    CHECK_FALSE(identity_document(*emptied, moment::later).contains("attributes"));
}

TEST_CASE("attributes are measured like tags", "[registry]") {
    test::memory_hub h;
    json deep = 1;
    for (int i = 0; i < 11; ++i) {
        deep = json{{"a", deep}};
    }
    CHECK(put(h, deep));
    CHECK(put(h, json{{"a", deep}}).error().code == errc::argument_invalid);
    const json full{{"a", std::string(4095, 'x')}, {"b", std::string(4095, 'x')}};
    CHECK(put(h, full));
    const json wrong = GENERATE_COPY(
        json{{"a", full["a"]}, {"b", full["a"]}, {"c", true}}, json{{"a.b", 1}}, json{{"$a", 1}},
        json{{"a", std::string(4097, 'x')}}, json::array(), json("text"), json(7));
    const auto refused = put(h, wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message.find("attributes") != std::string::npos);
    CHECK(h.hub.identities().get(device)->attributes == to_text(full));
}

} // namespace iothub::core
