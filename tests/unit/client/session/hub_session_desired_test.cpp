#include "client/src/session/hub_session.hpp"

#include "support/catch.hpp"
#include "unit/client/session/scripted_link.hpp"

using namespace std::chrono_literals;
using namespace iothub::client;
using texts = std::vector<std::string>;

namespace {

constexpr const char* both_filters =
    "SUBSCRIBE $iothub/twin/PATCH/properties/desired/# $iothub/twin/res/#";

struct watching_fixture : iothub::test::session_fixture {
    watching_fixture() {
        start();
        session->watch_desired(operation(operation_kind::barrier, "watch"));
        go();
        accept();
        grant(2);
    }

    void notify(const std::string& patch) {
        event(link_received{"$iothub/twin/PATCH/properties/desired/?$version=1", patch});
    }

    void reconnect() {
        event(link_lost{loss::communication, "closed"});
        pass(1s);
        accept();
        grant(2);
    }
};

} // namespace

TEST_CASE_METHOD(watching_fixture, "watching subscribes and reads what there is") {
    CHECK(ended.empty());
    REQUIRE(link().sent.size() == 2);
    CHECK(link().sent[0] == both_filters);
    CHECK_THAT(link().sent[1], Catch::StartsWith("$iothub/twin/GET/?$rid="));
    answer_last(200, R"({"desired":{"a":1,"$version":3},"reported":{"$version":1}})");
    CHECK(ended == texts{"watch"});
    CHECK(desired.empty());
    notify(R"({"a":2,"$version":4})");
    CHECK(desired == texts{R"({"a":2,"$version":4})"});
}

TEST_CASE_METHOD(watching_fixture, "a reconnect subscribes again and delivers what was missed") {
    answer_last(200, R"({"desired":{"a":1,"$version":3},"reported":{"$version":1}})");
    reconnect();
    CHECK(link().sent.front() == both_filters);
    answer_last(200, R"({"desired":{"a":9,"$version":5},"reported":{"$version":1}})");
    CHECK(desired == texts{R"({"a":9,"$version":5})"});
}

TEST_CASE_METHOD(watching_fixture, "watching once more has nothing to wait for") {
    answer_last(200, R"({"desired":{"$version":1},"reported":{"$version":1}})");
    const std::size_t before = link().sent.size();
    session->watch_desired(operation(operation_kind::barrier, "again"));
    go();
    CHECK(ended == texts{"watch", "again"});
    CHECK(link().sent.size() == before);
}

TEST_CASE_METHOD(watching_fixture, "a reading that fails is tried again") {
    answer_last(200, R"({"desired":{"$version":1},"reported":{"$version":1}})");
    reconnect();
    const int status = GENERATE(429, 500);
    answer_last(status, R"({"errorCode":429001,"message":"slow down"})");
    const std::size_t before = link().sent.size();
    pass(9s);
    CHECK(link().sent.size() == before);
    pass(1s);
    CHECK(link().sent.size() == before + 1);
    answer_last(200, R"({"desired":{"b":1,"$version":2},"reported":{"$version":1}})");
    CHECK(desired == texts{R"({"b":1,"$version":2})"});
}

TEST_CASE_METHOD(watching_fixture, "notifications that are not objects are ignored") {
    const auto payload = GENERATE(as<std::string>{}, "", "[1]", "{", "3");
    notify(payload);
    CHECK(desired.empty());
}

TEST_CASE_METHOD(watching_fixture, "waiting for a reconnect does not keep the loop busy") {
    event(link_lost{loss::communication, "closed"});
    REQUIRE(session->next_deadline());
    CHECK(*session->next_deadline() > now);
}
