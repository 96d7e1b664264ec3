// Cloud-to-device messages over a hub that stops and starts again on its data folder.

#include <algorithm>
#include <string>

#include "integration/hub/hub_clients.hpp"
#include "integration/hub/management_http.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using Catch::Matchers::Contains;

namespace {

cloud_message says(const std::string& body) {
    cloud_message message;
    message.body = body;
    message.ack = "full";
    return message;
}

std::string waiting(emulator& hub, const std::string& device) {
    return test::ask_management(hub.ports().management, "GET", "/api/messages?device=" + device);
}

// The hub learns of an acknowledgement some time after the client's handler has run.
bool are_completed(emulator& hub, const std::string& device, std::ptrdiff_t count) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const std::string wanted = "\"Success\"";
    while (std::chrono::steady_clock::now() < deadline) {
        const std::string feedback =
            test::ask_management(hub.ports().management, "GET", "/api/feedback");
        std::ptrdiff_t found = 0;
        for (auto at = feedback.find(wanted); at != feedback.npos;
             at = feedback.find(wanted, at + 1)) {
            ++found;
        }
        if (found / 2 >= count) { // each stands in "description" and in "statusCode"
            return waiting(hub, device).find("\"messages\":[]") != std::string::npos;
        }
    }
    return false;
}

} // namespace

TEST_CASE(
    "messages reach a device that comes after the hub's restart, and once completed never again") {
    const test::temporary_folder folder;
    emulator_options options;
    options.data_dir = folder / "data";
    {
        emulator hub(options);
        hub.device_connection_string("d");
        CHECK(hub.send_message("d", says("one")) == 1);
        CHECK(hub.send_message("d", says("two")) == 2);
    }
    {
        emulator hub(options);
        CHECK_THAT(waiting(hub, "d"), Contains("\"one\"") && Contains("\"two\""));
        test::inbox<std::string> bodies;
        auto device = test::connect_device(hub, "d");
        device.on_message([&](const received_message& m) { bodies.put(m.body); });
        CHECK(bodies.take() == "one");
        CHECK(bodies.take() == "two");
        CHECK(are_completed(hub, "d", 2));
    }
    emulator hub(options);
    CHECK_THAT(waiting(hub, "d"), Contains("\"messages\":[]"));
    CHECK(hub.send_message("d", says("three")) == 3);
}

TEST_CASE("a device that has subscribed once finds its messages when hub and device come back") {
    const test::temporary_folder folder;
    emulator_options options;
    options.data_dir = folder / "data";
    {
        emulator hub(options);
        auto device = test::connect_device(hub, "d");
        device.on_message([](const received_message&) {});
        device.close();
        hub.send_message("d", says("one"));
    }
    emulator hub(options);
    test::inbox<std::string> bodies;
    auto device = test::connect_device(hub, "d");
    device.open();
    CHECK(are_completed(hub, "d", 1));
    device.on_message([&](const received_message& m) { bodies.put(m.body); });
    CHECK(bodies.take() == "one");
}
