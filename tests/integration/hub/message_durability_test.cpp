// A message whose enqueueing was acknowledged is in the queue after kill -9, once and whole.

#include <nlohmann/json.hpp>

#include <iothub/registry_client.hpp>

#include <string>

#include "integration/hub/hub_process.hpp"
#include "integration/hub/management_http.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;

namespace {

std::uint16_t management_port(const test::hub_process& hub) {
    return hub.ready().at("ports").at("management").get<std::uint16_t>();
}

nlohmann::json body_of(const std::string& response) {
    return nlohmann::json::parse(response.substr(response.find("\r\n\r\n") + 4));
}

void create_device(const test::hub_process& hub, const std::string& device_id) {
    iothub::registry_options options;
    options.ca_file = hub.ca_file();
    iothub::registry_client::create_from_connection_string(hub.connection_string(), options)
        .add_device({.device_id = device_id});
}

} // namespace

TEST_CASE("enqueued messages outlive kill -9") {
    const test::temporary_folder folder;
    const std::string target = "/api/messages?device=d";
    int sent = 0;
    for (int round = 0; round < 5; ++round) {
        test::hub_process hub(folder.path());
        if (round == 0) {
            create_device(hub, "d");
        }
        const auto queue = body_of(test::ask_management(management_port(hub), "GET", target));
        REQUIRE(queue.at("messages").size() == static_cast<std::size_t>(sent));
        for (int i = 0; i < sent; ++i) {
            CHECK(queue.at("messages").at(i).at("body") == "message " + std::to_string(i));
            CHECK(queue.at("messages").at(i).at("sequenceNumber") == i + 1);
        }
        for (int i = 0; i < 5; ++i) {
            const nlohmann::json message{{"body", "message " + std::to_string(sent)}};
            const auto answer =
                test::ask_management(management_port(hub), "POST", target, message.dump());
            REQUIRE_THAT(answer, Catch::StartsWith("HTTP/1.1 201"));
            ++sent;
        }
        hub.kill();
    }
    CHECK(sent == 25);
}
