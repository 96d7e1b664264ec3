// Direct methods and messages from the cloud, through the session.

#include "client/src/session/hub_session.hpp"

#include "support/catch.hpp"
#include "unit/client/session/scripted_link.hpp"

using namespace std::chrono_literals;
using namespace iothub::client;
using texts = std::vector<std::string>;

namespace {

struct receiving_fixture : iothub::test::session_fixture {
    receiving_fixture() { start(); }

    void subscribe(const std::string& filter, const std::string& name) {
        session->subscribe(filter, operation(operation_kind::barrier, name));
        go();
    }
    void take_methods() {
        subscribe("$iothub/methods/POST/#", "methods");
        accept();
        grant(1);
    }
    void call(const std::string& name, const std::string& id, const std::string& payload) {
        event(link_received{"$iothub/methods/POST/" + name + "/?$rid=" + id, payload});
    }
    void reconnect() {
        event(link_lost{loss::communication, "closed"});
        pass(1s);
        accept();
    }
};

} // namespace

TEST_CASE_METHOD(receiving_fixture, "subscribing ends when the hub has granted it") {
    subscribe("$iothub/methods/POST/#", "methods");
    accept();
    CHECK(link().sent == texts{"SUBSCRIBE $iothub/methods/POST/#"});
    CHECK(ended.empty());
    grant(1);
    CHECK(ended == texts{"methods"});
    subscribe("$iothub/methods/POST/#", "again");
    CHECK(ended == texts{"methods", "again"});
    CHECK(link().sent.size() == 1);
}

TEST_CASE_METHOD(receiving_fixture, "a subscription that is refused is told of") {
    subscribe("$iothub/methods/POST/#", "methods");
    accept();
    event(link_granted{link().last_packet_id, {false}});
    CHECK(ended == texts{"methods:protocol"});
}

TEST_CASE_METHOD(receiving_fixture, "methods are answered under their own ids, in any order") {
    take_methods();
    call("a%2Fb", "1", "{\"x\":1}");
    call("second", "f%20f", "");
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].name == "a/b");
    CHECK(calls[0].payload == "{\"x\":1}");
    session->answer_method(calls[1], 501, "{}");
    CHECK(link().sent.back() == "$iothub/methods/res/501/?$rid=f%20f|{}");
    session->answer_method(calls[0], 200, "[1]");
    CHECK(link().sent.back() == "$iothub/methods/res/200/?$rid=1|[1]");
}

TEST_CASE_METHOD(receiving_fixture, "a reconnect subscribes again and makes late answers void") {
    take_methods();
    call("slow", "1", "");
    event(link_lost{loss::communication, "closed"});
    session->answer_method(calls[0], 200, "offline");
    pass(1s);
    accept();
    CHECK(link().sent == texts{"SUBSCRIBE $iothub/methods/POST/#"});
    grant(1);
    session->answer_method(calls[0], 200, "late");
    CHECK(link().sent.size() == 1);

    call("slow", "1", "");
    session->answer_method(calls[1], 200, "in time");
    CHECK(link().sent.back() == "$iothub/methods/res/200/?$rid=1|in time");
}

TEST_CASE_METHOD(receiving_fixture, "an answer to a closed session goes nowhere") {
    take_methods();
    call("m", "1", "");
    session->close();
    CHECK_NOTHROW(session->answer_method(calls[0], 200, "{}"));
    CHECK(links.size() == 1);
    CHECK(link().sent == texts{"SUBSCRIBE $iothub/methods/POST/#"});
}

TEST_CASE_METHOD(receiving_fixture, "messages come with their input and their properties") {
    subscribe("devices/d/modules/m/#", "messages");
    accept();
    grant(1);
    event(link_received{"devices/d/modules/m/inputs/in%201/%24.mid=1&k=v", "one"});
    event(link_received{"devices/d/modules/m/messages/devicebound/%24.to=x", "two"});
    CHECK(messages == texts{"in 1|%24.mid=1&k=v|one", "|%24.to=x|two"});
    reconnect();
    CHECK(link().sent == texts{"SUBSCRIBE devices/d/modules/m/#"});
}

TEST_CASE_METHOD(receiving_fixture, "a message may come before its subscription") {
    open();
    accept();
    event(link_received{"devices/d/messages/devicebound/%24.to=x", "kept by the hub"});
    CHECK(messages == texts{"|%24.to=x|kept by the hub"});
}

TEST_CASE_METHOD(receiving_fixture, "topics that are none of the hub's are ignored") {
    take_methods();
    const auto topic =
        GENERATE(as<std::string>{}, "$iothub/methods/POST/m", "$iothub/methods/POST/m/?x=1",
                 "devices/d/messages/other/", "devices/d/modules/m/inputs/in", "x");
    event(link_received{topic, "{}"});
    CHECK(calls.empty());
    CHECK(messages.empty());
    CHECK(statuses == texts{"Connected/Connection_Ok"});
}
