// The hub's errors as conditions.
#include "emulator/amqp/conditions.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "support/catch.hpp"
#include "support/device_world.hpp"

namespace iothub::amqp {

TEST_CASE("the condition of an error", "[amqp]") {
    const auto [code, name] = GENERATE(Catch::Generators::table<errc, std::string>({
        {errc::device_not_found, "amqp:not-found"},
        {errc::module_not_found, "amqp:not-found"},
        {errc::device_maximum_queue_depth_exceeded, "amqp:resource-limit-exceeded"},
        {errc::message_too_large, "amqp:link:message-size-exceeded"},
        {errc::invalid_operation, "amqp:not-allowed"},
        {errc::argument_invalid, "com.microsoft:argument-error"},
        {errc::throttling_backlog_timeout, "com.microsoft:device-container-throttled"},
        {errc::unauthorized, "amqp:unauthorized-access"},
        {errc::device_message_lock_lost, "com.microsoft:message-lock-lost"},
        {errc::server_error, "amqp:internal-error"},
    }));
    CAPTURE(name);
    test::world h;
    CHECK(condition_of(h.hub, {code, "why"}).name == name);
}

TEST_CASE("a condition tells its number and its tracking id, in the text and beside it", "[amqp]") {
    test::world h;
    const condition told = condition_of(h.hub, {errc::device_not_found, "dev1"});
    const auto document = parse_json(told.description);
    REQUIRE(document);
    CHECK((*document)["errorCode"] == 404001);
    CHECK((*document)["message"] == "dev1");
    REQUIRE(told.info.size() == 2);
    CHECK(told.info[0].first == value(symbol{"com.microsoft:tracking-id"}));
    CHECK(find_text(told.info, "com.microsoft:tracking-id") ==
          (*document)["trackingId"].get<std::string>());
    CHECK(told.info[1].first == value(symbol{"com.microsoft:error-code"}));
    CHECK(told.info[1].second == value(std::int32_t{404001}));
}

} // namespace iothub::amqp
