#include "client/src/back_end/event_hub_address.hpp"

#include "common/sas_token.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using namespace iothub::client;

namespace {

event_hub_address read(const std::string& text,
                       const iothub::event_consumer_options& options = {}) {
    return read_event_hub_address(text, options);
}

const std::string policy = ";SharedAccessKeyName=service;SharedAccessKey=c2VjcmV0";

} // namespace

TEST_CASE("an Event Hubs string names host, entity and policy") {
    const auto it = read("Endpoint=sb://ns.test/" + policy + ";EntityPath=iothub-ehub-x");
    CHECK(it.access.server.host == "ns.test");
    CHECK(it.access.server.port == 5671);
    CHECK(it.access.tls);
    CHECK(it.entity == "iothub-ehub-x");
    CHECK(it.access.signer.resource == "sb://ns.test/iothub-ehub-x");
    CHECK(it.access.signer.policy_name == "service");
}

TEST_CASE("that of an emulator goes without TLS, to its own port") {
    const auto it = read("Endpoint=sb://localhost:15672" + policy + ";UseDevelopmentEmulator=true");
    CHECK(it.access.server.host == "localhost");
    CHECK(it.access.server.port == 15672);
    CHECK_FALSE(it.access.tls);
    CHECK(it.entity == "messages/events");
    CHECK(it.access.signer.resource == "sb://localhost");
    CHECK(read("Endpoint=sb://h" + policy + ";UseDevelopmentEmulator=true").access.server.port ==
          5672);
    CHECK(read("endpoint=SB://h/" + policy + ";usedevelopmentemulator=TRUE", {.port = 7})
              .access.server.port == 7);
}

TEST_CASE("that of a local hub's policy goes with TLS, whatever its port for HTTPS") {
    const auto it = read("HostName=localhost:8443" + policy);
    CHECK(it.access.server.host == "localhost");
    CHECK(it.access.server.port == 5671);
    CHECK(it.access.tls);
    CHECK(it.access.signer.resource == "localhost");
    CHECK(read("HostName=localhost:8443" + policy, {.port = 15671}).access.server.port == 15671);
}

TEST_CASE("Event Hubs tokens are signed with the text of the key, a hub's with its bytes") {
    const auto token_of = [](const std::string& text) {
        const iothub::timestamp now = iothub::from_unix_seconds(1'600'000'000);
        return iothub::sas_token::parse(read(text).access.signer.token(now)).value();
    };
    const auto of_events = token_of("Endpoint=sb://h/" + policy);
    CHECK(of_events.signed_with_text("c2VjcmV0"));
    CHECK_FALSE(of_events.signed_with("c2VjcmV0"));
    CHECK(of_events.expiry == iothub::from_unix_seconds(1'600'003'600));
    CHECK(token_of("HostName=h" + policy).signed_with("c2VjcmV0"));
}

TEST_CASE("each mistake in a string is refused, without repeating a value") {
    const std::string mistakes[] = {
        "",
        "Endpoint",
        "Endpoint=sb://h",
        "Endpoint=https://h" + policy,
        "Endpoint=sb://" + policy,
        "Endpoint=sb://h:0" + policy,
        "Endpoint=sb://h;SharedAccessKey=c2VjcmV0",
        "Endpoint=sb://h;SharedAccessKeyName=service",
        "Endpoint=sb://h;Endpoint=sb://h" + policy,
        "HostName=h;SharedAccessKeyName=service;SharedAccessKey=no base64",
        "HostName=h;SharedAccessKeyName=service",
        policy,
    };
    for (const std::string& text : mistakes) {
        INFO(text);
        CHECK_THROWS_AS(read(text), iothub::argument_invalid);
        CHECK_THROWS_WITH(read(text), !Catch::Contains("c2VjcmV0"));
    }
    CHECK_THROWS_AS(read("HostName=h" + policy, {.operation_timeout = std::chrono::seconds(0)}),
                    iothub::argument_invalid);
    CHECK_THROWS_AS(read("HostName=h" + policy, {.sas_token_lifetime = std::chrono::seconds(0)}),
                    iothub::argument_invalid);
}
