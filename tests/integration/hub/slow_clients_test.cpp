// Two thousand clients that never finish what they begin, with work going on beside them: who works
// is served, who dawdles is let go at his deadline, and nothing is left of him.

#include <iothub/module_client.hpp>
#include <iothub/registry_client.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/hub/blocking_socket.hpp"
#include "integration/hub/descriptors.hpp"
#include "integration/hub/hub_process.hpp"
#include "integration/hub/management_http.hpp"
#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace std::chrono_literals;

namespace {

constexpr rlim_t descriptors_needed = 2'200;

// Sends its text byte by byte, and the last one again and again.
class slow_client {
public:
    slow_client(std::unique_ptr<test::blocking_socket> socket, std::string_view text)
        : socket_(std::move(socket))
        , text_(text) {}

    void go_on() {
        if (over() || text_.empty()) {
            return;
        }
        socket_->send(text_.substr(0, 1));
        if (text_.size() > 1) {
            text_.remove_prefix(1);
        }
    }

    bool over() {
        if (socket_ && socket_->ended()) {
            socket_.reset();
        }
        return !socket_;
    }

private:
    std::unique_ptr<test::blocking_socket> socket_;
    std::string_view text_;
};

class slow_crowd {
public:
    explicit slow_crowd(const test::hub_process& hub)
        : ports_(hub.ready().at("ports")) {}

    void add(int count, const char* port, std::string_view text) {
        for (int i = 0; i < count; ++i) {
            clients_.emplace_back(std::make_unique<test::blocking_socket>(ports_.at(port)), text);
        }
    }
    void add_with_tls(int count, const char* port, std::string_view text) {
        for (int i = 0; i < count; ++i) {
            clients_.emplace_back(
                std::make_unique<test::blocking_socket>(ports_.at(port), context_), text);
        }
    }

    void go_on() {
        for (slow_client& one : clients_) {
            one.go_on();
        }
    }
    std::size_t size() {
        std::erase_if(clients_, [](slow_client& one) { return one.over(); });
        return clients_.size();
    }

private:
    nlohmann::json ports_;
    test::tls_client_context context_;
    std::vector<slow_client> clients_;
};

// The head of a ClientHello of 512 bytes, and no end of it.
constexpr std::string_view hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03x", 12);
constexpr std::string_view request = "GET /devices HTTP/1.1\r\nHost: localhost\r\nX-Slow: x";
constexpr std::string_view amqp_header("AMQP\x00\x01\x00\x00\x00", 9);

std::string module_key(registry_client& registry) {
    registry.add_device({.device_id = "busy"});
    return registry.add_module({.device_id = "busy", .module_id = "m"})
        .authentication.symmetric_key.primary_key;
}

} // namespace

TEST_CASE("two thousand slow clients hold nobody up, and are let go") {
    if (!test::can_open(descriptors_needed)) {
        WARN("skipped: this user may not open " << descriptors_needed << " descriptors");
        return;
    }
    const test::temporary_folder folder;
    test::hub_process hub(folder.path(), {"--log-level", "warning"});
    registry_options trust;
    trust.ca_file = hub.ca_file();
    auto registry = registry_client::create_from_connection_string(hub.connection_string(), trust);
    client_options options;
    options.ca_file = hub.ca_file();
    auto client = module_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(hub.ready().at("ports").at("mqtts").get<int>()) +
            ";DeviceId=busy;ModuleId=m;SharedAccessKey=" + module_key(registry),
        options);
    client.open();

    const std::string connect = test::packet::connect({"busy", "localhost/busy", "x"});
    slow_crowd crowd(hub);
    crowd.add(500, "mqtts", {});
    crowd.add(500, "https", hello);
    crowd.add(250, "amqp", amqp_header);
    crowd.add(250, "management", request);
    crowd.add_with_tls(250, "mqtts", connect);
    crowd.add_with_tls(250, "https", request);
    CHECK(crowd.size() > 1'500);

    const auto give_up = std::chrono::steady_clock::now() + 60s;
    int round = 0;
    while (crowd.size() > 0 && std::chrono::steady_clock::now() < give_up) {
        ++round;
        crowd.go_on();
        client.update_reported_properties({{"round", round}});
        client.send_event({.body = "still here"});
        REQUIRE(registry.get_module_twin("busy", "m").reported().at("round") == round);
        std::this_thread::sleep_for(100ms);
    }
    CHECK(crowd.size() == 0);
    CHECK(round > 10);
    CHECK_THAT(test::ask_management(hub.ready().at("ports").at("management"), "GET", "/metrics"),
               Catch::Contains("connections_open 1\n"));
    CHECK(hub.terminate() == 0);
}
