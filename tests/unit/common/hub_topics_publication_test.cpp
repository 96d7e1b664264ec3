#include "common/hub_topics.hpp"

#include "support/catch.hpp"

namespace iothub::topics {

namespace {

const identity_key device{"dev1", ""};

template <class Kind>
Kind parsed_as(std::string_view topic) {
    const publication parsed = parse_publication(topic, device);
    CAPTURE(topic);
    REQUIRE(std::holds_alternative<Kind>(parsed));
    return std::get<Kind>(parsed);
}

std::string reason_against(std::string_view topic) {
    return parsed_as<malformed>(topic).reason;
}

} // namespace

TEST_CASE("a twin GET is read with its request id byte for byte", "[hub_topics]") {
    const std::string rid = GENERATE("1", "4", "0f8fad5b-d9cb-469f-a165-70867728950e", "a%20b%zz",
                                     "a/b=c?d", "\xc3\xa9");
    CHECK(parsed_as<twin_get>("$iothub/twin/GET/?$rid=" + rid).request_id == rid);
}

TEST_CASE("a reported patch is read, conditional or not", "[hub_topics]") {
    const std::string prefix = "$iothub/twin/PATCH/properties/reported/";
    const auto plain = parsed_as<reported_patch>(prefix + "?$rid=7");
    CHECK(plain.request_id == "7");
    CHECK_FALSE(plain.version);
    const auto conditional = parsed_as<reported_patch>(prefix + "?$rid=7&$version=12");
    CHECK(conditional.request_id == "7");
    CHECK(conditional.version == 12);
    CHECK(parsed_as<reported_patch>(prefix + "?$version=12&$rid=7").version == 12);
}

TEST_CASE("a method response is read with its status and request id", "[hub_topics]") {
    const auto response = parsed_as<method_response>("$iothub/methods/res/200/?$rid=1");
    CHECK(response.status == 200);
    CHECK(response.request_id == "1");
}

TEST_CASE("unknown fields of a query are ignored", "[hub_topics]") {
    CHECK(parsed_as<twin_get>("$iothub/twin/GET/?a=b&$rid=1&c&").request_id == "1");
}

TEST_CASE("a request without a usable request id is refused", "[hub_topics]") {
    const auto [query, fault] = GENERATE(table<std::string, std::string>({
        {"", "has no query"},
        {"$rid=1", "has no query"},
        {"?", "has no $rid"},
        {"?$rid", "has no $rid"},
        {"?$rid=", "has no $rid"},
        {"?rid=1", "has no $rid"},
        {"?$version=1", "has no $rid"},
        {"?$rid=1&$rid=1", "has two $rid"},
        {"?$rid=1&%24rid=2", "has two $rid"},
    }));
    CAPTURE(query);
    CHECK(reason_against("$iothub/twin/GET/" + query) == "the topic " + fault);
    CHECK(reason_against("$iothub/twin/PATCH/properties/reported/" + query) ==
          "the topic " + fault);
    CHECK(reason_against("$iothub/methods/res/200/" + query) == "the topic " + fault);
}

TEST_CASE("a request id of 1024 characters is echoed, a longer one refused", "[hub_topics]") {
    const std::string topic = "$iothub/twin/GET/?$rid=";
    CHECK(parsed_as<twin_get>(topic + std::string(1024, 'r')).request_id.size() == 1024);
    CHECK(reason_against(topic + std::string(1025, 'r')) ==
          "the topic has a $rid of over 1024 characters");
}

TEST_CASE("a version that is not a number is refused", "[hub_topics]") {
    const std::string version =
        GENERATE("", "x", "-1", "1x", "1.0", "18446744073709551616", "%31", " 1");
    CAPTURE(version);
    CHECK(reason_against("$iothub/twin/PATCH/properties/reported/?$rid=1&$version=" + version) ==
          "the topic has a $version that is not a number");
}

TEST_CASE("a method response without a numeric status is refused", "[hub_topics]") {
    const std::string rest = GENERATE("", "?$rid=1", "ok/?$rid=1", "/?$rid=1", "20x/?$rid=1",
                                      "99999999999/?$rid=1", "200");
    CAPTURE(rest);
    CHECK(reason_against("$iothub/methods/res/" + rest) == "the topic has no method status");
}

TEST_CASE("an unknown topic of the hub is refused", "[hub_topics]") {
    const std::string topic =
        GENERATE("$iothub/", "$iothub/twin/GET", "$iothub/twin/get/?$rid=1", "$iothub/twin/?$rid=1",
                 "$iothub/twin/PATCH/properties/desired/?$rid=1", "$iothub/twin/res/200/?$rid=1",
                 "$iothub/methods/POST/m/?$rid=1", "$IOTHUB/twin/GET/?$rid=1", "$SYS/x");
    CAPTURE(topic);
    CHECK(reason_against(topic) == "the topic is none that this identity may publish to");
}

TEST_CASE("clients write requests that the hub reads back", "[hub_topics]") {
    CHECK(twin_get_topic("r1") == "$iothub/twin/GET/?$rid=r1");
    CHECK(reported_patch_topic("r2") == "$iothub/twin/PATCH/properties/reported/?$rid=r2");
    CHECK(method_response_topic(-5, "r3") == "$iothub/methods/res/-5/?$rid=r3");
    CHECK(parsed_as<twin_get>(twin_get_topic("r1")).request_id == "r1");
    CHECK(parsed_as<reported_patch>(reported_patch_topic("r2")).request_id == "r2");
    CHECK(parsed_as<method_response>(method_response_topic(404, "r3")).status == 404);
}

} // namespace iothub::topics
