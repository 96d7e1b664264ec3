#include "emulator/mqtt/user_name.hpp"

#include "support/catch.hpp"

using namespace iothub;
using iothub::mqtt::parse_user_name;

namespace {

std::string fault_of(std::string_view text) {
    const auto parsed = parse_user_name(text);
    return parsed ? std::string() : parsed.error().detail;
}

} // namespace

TEST_CASE("a device's user name") {
    const auto parsed = parse_user_name("localhost:18883/dev1/?api-version=2021-04-12&model-id="
                                        "dtmi:com:example:t;1&DeviceClientType=a%2F1%20(b)");
    REQUIRE(parsed);
    CHECK(parsed->host == "localhost:18883");
    CHECK(parsed->identity == identity_key{"dev1", ""});
    CHECK(parsed->api_version == "2021-04-12");
    CHECK(parsed->model_id == "dtmi:com:example:t;1");
    CHECK(parsed->client_type == "a/1 (b)");
}

TEST_CASE("a module's user name") {
    const auto parsed = parse_user_name("hub/dev1/m1/?DeviceClientType=x&api-version=1");
    REQUIRE(parsed);
    CHECK(parsed->identity == identity_key{"dev1", "m1"});
    CHECK(parsed->model_id.empty());
}

TEST_CASE("the question mark may be missing") {
    CHECK(parse_user_name("hub/dev1/api-version=2018-06-30")->identity == identity_key{"dev1", ""});
    CHECK(parse_user_name("hub/d/m/api-version=2018-06-30&x=y")->identity ==
          identity_key{"d", "m"});
}

TEST_CASE("ids may have every character that the registry takes, as they stand") {
    CHECK(parse_user_name("hub/a-:.+%_#*?!(),=@;$'/?api-version=1")->identity.device_id ==
          "a-:.+%_#*?!(),=@;$'");
    CHECK(parse_user_name("hub/d/?m/?api-version=1")->identity == identity_key{"d", "?m"});
}

TEST_CASE("of a value that stands twice the first wins, and + is no space") {
    const auto parsed = parse_user_name("hub/d/?api-version=1&api-version=2&model-id=a+b%2Bc");
    CHECK(parsed->api_version == "1");
    CHECK(parsed->model_id == "a+b+c");
}

TEST_CASE("what is no user name of the hub") {
    CHECK_FALSE(fault_of("").empty());
    CHECK_FALSE(fault_of("hub").empty());
    CHECK_FALSE(fault_of("hub/?api-version=1").empty());
    CHECK_FALSE(fault_of("hub/d/m/x/?api-version=1").empty());
    CHECK_FALSE(fault_of("hub//?api-version=1").empty());
    CHECK_FALSE(fault_of("hub/d//?api-version=1").empty());
    CHECK(fault_of("hub/d") == "the user name has no api-version");
    CHECK(fault_of("hub/d/?") == "the user name has no api-version");
    CHECK(fault_of("hub/d/?api-version=") == "the user name has no api-version");
    CHECK(fault_of("hub/d/?api-version") == "the user name has no api-version");
}
