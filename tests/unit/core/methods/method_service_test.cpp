// Direct methods: who is asked, who may answer, and when the waiting ends.
#include "emulator/core/methods/method_service.hpp"

#include <optional>
#include <vector>

#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using core::method_answer;
using test::recording_link;

namespace {

const identity_key device{"d", ""};
const identity_key module{"d", "m"};

struct calling_hub : test::memory_hub {
    calling_hub() {
        create(device);
        create(module);
    }

    void invoke(const identity_key& target, core::method_request request) {
        hub.methods().invoke(target, std::move(request), [this](auto outcome) {
            if (outcome) {
                answers.push_back(*outcome);
            } else {
                errors.push_back(outcome.error().code);
            }
        });
    }

    void pass(std::chrono::seconds time) {
        clock.advance(time);
        hub.advance();
    }

    std::vector<method_answer> answers;
    std::vector<errc> errors;
};

core::method_request call(std::chrono::seconds response = 30s, std::chrono::seconds connect = 0s) {
    return {"reboot", "{\"in\":5}", response, connect};
}

} // namespace

TEST_CASE("a method reaches the connected module, and its answer the caller", "[methods]") {
    calling_hub h;
    recording_link link;
    h.hub.sessions().connect(module, link);
    h.invoke(module, call());
    REQUIRE(link.calls == std::vector<recording_link::method>{{"1", "reboot", "{\"in\":5}"}});
    CHECK(h.answers.empty());
    CHECK(h.hub.methods().answer(module, "1", {201, "{\"ok\":true}"}));
    REQUIRE(h.answers.size() == 1);
    CHECK(h.answers[0].status == 201);
    CHECK(h.answers[0].payload == "{\"ok\":true}");
    CHECK_FALSE(h.hub.methods().next_deadline());
}

TEST_CASE("an answer counts once, and only from who was asked", "[methods]") {
    calling_hub h;
    recording_link link;
    h.hub.sessions().connect(device, link);
    h.invoke(device, call());
    CHECK_FALSE(h.hub.methods().answer(module, "1", {200, ""}));
    CHECK_FALSE(h.hub.methods().answer(device, "2", {200, ""}));
    CHECK_FALSE(h.hub.methods().answer(device, "one", {200, ""}));
    CHECK_FALSE(h.hub.methods().answer(device, "1x", {200, ""}));
    CHECK_FALSE(h.hub.methods().answer(device, "", {200, ""}));
    CHECK(h.answers.empty());
    CHECK(h.hub.methods().answer(device, "1", {200, ""}));
    CHECK_FALSE(h.hub.methods().answer(device, "1", {200, ""}));
    CHECK(h.answers.size() == 1);
}

TEST_CASE("nobody who takes methods: not online, at once", "[methods]") {
    calling_hub h;
    h.invoke(device, call());
    recording_link link;
    link.takes_methods = false;
    h.hub.sessions().connect(device, link);
    h.invoke(device, call());
    CHECK(h.errors == std::vector{errc::device_not_online, errc::device_not_online});
    CHECK_FALSE(h.hub.methods().next_deadline());
}

TEST_CASE("a caller may wait for the device to come online", "[methods]") {
    calling_hub h;
    h.invoke(device, call(30s, 10s));
    h.pass(9s);
    CHECK(h.errors.empty());
    recording_link link;
    h.hub.sessions().connect(device, link);
    h.hub.methods().online(device);
    CHECK(link.calls.size() == 1);
    h.hub.methods().online(device);
    CHECK(link.calls.size() == 1);
    h.pass(20s); // 29 s after the call: the whole time counts from there
    CHECK(h.errors.empty());
    h.pass(1s);
    CHECK(h.errors == std::vector{errc::gateway_timeout});
}

TEST_CASE("a device that does not come online in time is not online", "[methods]") {
    calling_hub h;
    h.invoke(device, call(30s, 10s));
    CHECK(h.hub.next_deadline() == h.clock.now() + 10s);
    h.pass(10s);
    CHECK(h.errors == std::vector{errc::device_not_online});
}

TEST_CASE("no answer in time: 504, and a late answer is ignored", "[methods]") {
    calling_hub h;
    recording_link link;
    h.hub.sessions().connect(device, link);
    h.invoke(device, call(5s));
    h.pass(4s);
    CHECK(h.errors.empty());
    h.pass(1s);
    CHECK(h.errors == std::vector{errc::gateway_timeout});
    CHECK_FALSE(h.hub.methods().answer(device, "1", {200, ""}));
}

TEST_CASE("a device that leaves before it answers ends the waiting", "[methods]") {
    calling_hub h;
    recording_link link;
    recording_link newer;
    h.hub.sessions().connect(device, link);
    h.invoke(device, call());
    h.hub.sessions().disconnected(device, link);
    CHECK(h.errors == std::vector{errc::connection_closed_remotely});
    h.hub.sessions().connect(device, link);
    h.invoke(device, call());
    h.hub.sessions().connect(device, newer);
    CHECK(h.errors.size() == 2);
}

TEST_CASE("who waits for a device to come online goes on waiting when it leaves", "[methods]") {
    calling_hub h;
    recording_link link;
    link.takes_methods = false;
    h.hub.sessions().connect(device, link);
    h.invoke(device, call(30s, 10s));
    h.hub.sessions().disconnected(device, link);
    CHECK(h.errors.empty());
}

TEST_CASE("requests that are refused before anybody is asked", "[methods]") {
    calling_hub h;
    recording_link link;
    h.hub.sessions().connect(device, link);
    h.invoke({"none", ""}, call());
    CHECK(h.errors == std::vector{errc::device_not_found});
    h.errors.clear();
    for (const auto& wrong : {core::method_request{"", "", 30s, 0s},
                              {std::string(129, 'n'), "", 30s, 0s},
                              {"m", std::string(128 * 1024 + 1, ' '), 30s, 0s},
                              {"m", "", 4s, 0s},
                              {"m", "", 301s, 0s},
                              {"m", "", 30s, -1s},
                              {"m", "", 300s, 301s},
                              {"m", "", 10s, 11s}}) {
        h.invoke(device, wrong);
    }
    CHECK(h.errors == std::vector(8, errc::argument_invalid));
    CHECK(link.calls.empty());
    h.invoke(device, {std::string(128, 'n'), std::string(128 * 1024, ' '), 5s, 5s});
    h.invoke(device, {"m", "", 300s, 300s});
    CHECK(link.calls.size() == 2);
}

TEST_CASE("an answer that a back end cannot read is the device's fault", "[methods]") {
    calling_hub h;
    recording_link link;
    h.hub.sessions().connect(device, link);
    for (const std::string& payload : {std::string("not JSON"), std::string(128 * 1024 + 1, ' ')}) {
        h.invoke(device, call());
        CHECK(h.hub.methods().answer(device, link.calls.back().request_id, {200, payload}));
    }
    CHECK(h.errors == std::vector(2, errc::bad_device_response));
}

TEST_CASE("calls that wait are limited for an identity, and others are not held up", "[methods]") {
    calling_hub h;
    recording_link link;
    recording_link other;
    h.hub.sessions().connect(device, link);
    h.hub.sessions().connect(module, other);
    for (std::size_t i = 0; i <= core::method_service::max_calls_of_identity; ++i) {
        h.invoke(device, call());
    }
    CHECK(link.calls.size() == core::method_service::max_calls_of_identity);
    CHECK(h.errors == std::vector{errc::too_many_methods});
    h.invoke(module, call());
    CHECK(other.calls.size() == 1);
    h.hub.methods().answer(device, link.calls[0].request_id, {200, ""});
    h.invoke(device, call());
    CHECK(h.errors.size() == 1);
}

TEST_CASE("many calls are answered each by its own, in any order", "[methods]") {
    calling_hub h;
    recording_link link;
    h.hub.sessions().connect(device, link);
    for (int i = 0; i < 50; ++i) {
        h.invoke(device, call());
    }
    for (auto one = link.calls.rbegin(); one != link.calls.rend(); ++one) {
        CHECK(h.hub.methods().answer(device, one->request_id, {std::stoi(one->request_id), ""}));
    }
    REQUIRE(h.answers.size() == 50);
    CHECK(h.answers.front().status == 50);
    CHECK(h.answers.back().status == 1);
}

TEST_CASE("a device that has no room now is called when it has, in order", "[methods]") {
    calling_hub h;
    recording_link link;
    link.room_for_methods = 1;
    h.hub.sessions().connect(device, link);
    for (int i = 0; i < 3; ++i) {
        h.invoke(device, call());
    }
    CHECK(link.calls.size() == 1);
    CHECK(h.errors.empty());
    CHECK_FALSE(h.hub.methods().answer(device, "2", {200, ""}));
    link.room_for_methods = 2;
    h.hub.methods().online(device);
    REQUIRE(link.calls.size() == 3);
    CHECK(link.calls[1].request_id == "2");
    CHECK(link.calls[2].request_id == "3");
    CHECK(link.calls[2].payload == "{\"in\":5}");
}

TEST_CASE("a device that never gets room did not answer in time", "[methods]") {
    calling_hub h;
    recording_link link;
    link.room_for_methods = 0;
    h.hub.sessions().connect(device, link);
    h.invoke(device, call(10s));
    h.pass(10s);
    CHECK(h.errors == std::vector{errc::gateway_timeout});
    h.invoke(device, call(10s));
    h.hub.sessions().disconnected(device, link);
    CHECK(h.errors.back() == errc::connection_closed_remotely);
}

TEST_CASE("who waits for a device that is deleted is told so at once", "[methods]") {
    calling_hub h;
    h.create({"other", ""});
    h.invoke(device, call(30s, 20s));
    h.invoke(module, call(30s, 20s));
    h.invoke({"other", ""}, call(30s, 20s));
    REQUIRE(h.hub.identities().remove(device, core::precondition::anything()));
    CHECK(h.errors == std::vector(2, errc::device_not_found));
    h.pass(20s);
    CHECK(h.errors.back() == errc::device_not_online);
}
