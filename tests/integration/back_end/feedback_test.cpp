// Feedback on messages to devices, of the C++ client against the hub.

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"

using namespace iothub;

namespace {

cloud_message asking_for_feedback(const std::string& id) {
    cloud_message message;
    message.body = "hello";
    message.message_id = id;
    message.ack = "full";
    return message;
}

// The device's acknowledgement may be on its way yet.
std::optional<feedback_batch> await_batch(const feedback_receiver& feedback) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    auto batch = feedback.receive();
    while (!batch && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        batch = feedback.receive();
    }
    return batch;
}

} // namespace

TEST_CASE("a sender learns what became of its messages, once") {
    emulator hub;
    auto registry = test::registry_of(hub);
    const std::string generation = registry.add_device({.device_id = "d"}).generation_id;
    const auto feedback = registry.feedback();
    CHECK_FALSE(feedback.receive());
    hub.send_message("d", asking_for_feedback("m1"));
    hub.send_message("d", asking_for_feedback("m2"));
    CHECK(registry.purge_message_queue("d") == 2);

    const auto batch = feedback.receive();
    REQUIRE(batch);
    CHECK_FALSE(batch->lock_token.empty());
    CHECK(batch->enqueued_time);
    REQUIRE(batch->records.size() == 2);
    CHECK(batch->records[0].original_message_id == "m1");
    CHECK(batch->records[0].device_id == "d");
    CHECK(batch->records[0].device_generation_id == generation);
    CHECK(batch->records[0].status_code == "Purged");
    CHECK(batch->records[0].enqueued_time);
    CHECK_FALSE(feedback.receive()); // while it is locked

    feedback.abandon(batch->lock_token);
    const auto again = feedback.receive();
    REQUIRE(again);
    CHECK(again->records.size() == 2);
    feedback.complete(again->lock_token);
    CHECK_FALSE(feedback.receive());
    CHECK_THROWS_AS(feedback.complete(again->lock_token), precondition_failed);
}

TEST_CASE("a message that was received is told as a success") {
    emulator hub;
    auto registry = test::registry_of(hub);
    test::inbox<std::string> bodies;
    auto device = test::connect_device(hub, "d");
    device.on_message([&](const received_message& message) { bodies.put(message.body); });
    hub.send_message("d", asking_for_feedback("m1"));
    CHECK(bodies.take() == "hello");
    const auto batch = await_batch(registry.feedback());
    REQUIRE(batch);
    CHECK(batch->records.at(0).status_code == "Success");
}
