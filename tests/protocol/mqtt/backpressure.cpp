// A machine stops taking packets while nobody takes its answers.

#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr int requests = 200;

// 200 requests for a twin of 20 KB, a few KB in all.
std::string many_requests() {
    std::string bytes;
    for (int i = 0; i < requests; ++i) {
        bytes += packet::publish("$iothub/twin/GET/?$rid=" + std::to_string(i), "");
    }
    return bytes;
}

void grow_twin(stage s) {
    s.hub_side.change_desired(device, R"({"a":")" + std::string(4000, 'x') + R"(","b":")" +
                                          std::string(4000, 'x') + R"(","c":")" +
                                          std::string(4000, 'x') + "\"}");
}

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) {
        ++count;
    }
    return count;
}

} // namespace

TEST_CASE("answers wait until the ones before were taken; none is lost and none comes twice") {
    world w;
    mqtt::connection machine(w.hub, {"192.0.2.1:5000", {}}, "mqtt", [] {});
    grow_twin({w, machine});
    machine.receive(packet::connect(good_connect(device)));
    machine.receive(packet::subscribe(1, {{"$iothub/twin/res/#", 0}}));
    machine.receive(many_requests());
    CHECK(machine.blocked());
    machine.receive(packet::pingreq());
    CHECK(machine.output().size() < mqtt::connection::enough_output + 20'000);

    std::string all;
    while (!machine.output().empty()) {
        CHECK(machine.output().size() < mqtt::connection::enough_output + 20'000);
        all += machine.take_output();
        machine.resume();
    }
    CHECK(count_of(all, "$iothub/twin/res/200/?$rid=") == requests);
    CHECK(all.ends_with(packet::pingresp()));
    CHECK_FALSE(machine.ended());
}

TEST_CASE("what comes while input waits keeps its place") {
    world w;
    mqtt::connection machine(w.hub, {"192.0.2.1:5000", {}}, "mqtt", [] {});
    grow_twin({w, machine});
    machine.receive(packet::connect(good_connect(device)));
    machine.receive(packet::subscribe(1, {{"$iothub/twin/res/#", 0}}));
    machine.receive(many_requests());
    machine.take_output();
    machine.receive(packet::pingreq());
    CHECK(machine.output().empty());
}

TEST_CASE("an end while input waits is an end") {
    world w;
    mqtt::connection machine(w.hub, {"192.0.2.1:5000", {}}, "mqtt", [] {});
    grow_twin({w, machine});
    machine.receive(packet::connect(good_connect(device)));
    machine.receive(packet::subscribe(1, {{"$iothub/twin/res/#", 0}}));
    machine.receive(many_requests());
    machine.disconnect({errc::device_disabled, "Disabled", "disabled"});
    machine.take_output();
    machine.resume();
    CHECK(machine.output().empty());
    CHECK(machine.end_reason() == "disabled");
}

TEST_CASE("many large methods go out as the client takes them, and cost it nothing") {
    world w;
    mqtt::connection machine(w.hub, {"192.0.2.1:5000", {}}, "mqtt", [] {});
    machine.receive(packet::connect(good_connect(device)));
    machine.receive(packet::subscribe(1, {{"$iothub/methods/POST/#", 0}}));
    constexpr std::size_t calls = 20;
    const std::string payload = "\"" + std::string(120 * 1024, 'x') + "\"";
    for (std::size_t i = 0; i < calls; ++i) {
        w.hub.methods().invoke(device,
                               {"m", payload, std::chrono::seconds(30), std::chrono::seconds(0)},
                               [](const auto&) {});
    }
    std::string all;
    while (!machine.output().empty()) {
        CHECK(machine.output().size() < mqtt::connection::enough_output + payload.size() + 100);
        all += machine.take_output();
        machine.resume();
    }
    CHECK(count_of(all, "$iothub/methods/POST/m/?$rid=") == calls);
    CHECK_FALSE(machine.ended());
}
