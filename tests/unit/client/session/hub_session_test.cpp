#include "client/src/session/hub_session.hpp"

#include "common/sas_token.hpp"
#include "support/catch.hpp"
#include "unit/client/session/scripted_link.hpp"

using namespace std::chrono_literals;
using namespace iothub::client;
using iothub::test::session_fixture;
using texts = std::vector<std::string>;

TEST_CASE_METHOD(session_fixture, "opening connects, and ends when the hub has accepted") {
    start();
    go();
    CHECK(links.empty());
    open();
    REQUIRE(links.size() == 1);
    CHECK(iothub::sas_token::parse(link().password));
    CHECK(ended.empty());
    accept();
    CHECK(ended == texts{"open"});
    CHECK(statuses == texts{"Connected/Connection_Ok"});
    CHECK(link().sent.empty());
}

TEST_CASE_METHOD(session_fixture, "any operation connects, and waits for the connection") {
    start();
    submit(operation_kind::message, "m");
    CHECK(link().sent.empty());
    accept();
    CHECK(link().sent == texts{"events|m"});
    event(link_acknowledged{link().last_packet_id});
    CHECK(ended == texts{"m"});
}

TEST_CASE_METHOD(session_fixture, "a twin request waits until answers are subscribed to") {
    start();
    open();
    accept();
    submit(operation_kind::twin_get, "get");
    CHECK(link().sent == texts{"SUBSCRIBE $iothub/twin/res/#"});
    grant(1);
    CHECK_THAT(link().sent.back(), Catch::StartsWith("$iothub/twin/GET/?$rid="));
    answer_last(200, "{}");
    submit(operation_kind::reported_patch, "{\"a\":1}");
    CHECK_THAT(link().sent.back(),
               Catch::StartsWith("$iothub/twin/PATCH/properties/reported/?$rid=") &&
                   Catch::EndsWith("|{\"a\":1}"));
    answer_last(204, "");
    CHECK(ended == texts{"open", "get", "{\"a\":1}"});
}

TEST_CASE_METHOD(session_fixture, "a refused subscription fails the requests that need it") {
    start();
    submit(operation_kind::twin_get, "get");
    submit(operation_kind::message, "m");
    accept();
    event(link_granted{link().last_packet_id, {false}});
    CHECK(ended == texts{"get:protocol"});
    CHECK(link().sent.back() == "events|m");
}

TEST_CASE_METHOD(session_fixture, "a lost connection is made again with what it carried") {
    start();
    submit(operation_kind::twin_get, "get");
    accept();
    grant(1);
    submit(operation_kind::message, "m");
    event(link_lost{loss::communication, "reset"});
    CHECK(links[0]->destroyed);
    CHECK(statuses.back() == "Disconnected_Retrying/Communication_Error");
    CHECK(session->next_deadline() == now + 250ms);

    pass(250ms);
    REQUIRE(links.size() == 2);
    accept();
    CHECK(statuses.back() == "Connected/Connection_Ok");
    CHECK(link().sent == texts{"SUBSCRIBE $iothub/twin/res/#"});
    grant(1);
    REQUIRE(link().sent.size() == 3);
    CHECK_THAT(link().sent[1], Catch::StartsWith("$iothub/twin/GET/"));
    CHECK(link().sent[2] == "events|m");
    event(link_acknowledged{link().last_packet_id});
    CHECK(ended == texts{"m"});
}

TEST_CASE_METHOD(session_fixture, "attempts go on with growing delays, each with a fresh token") {
    start();
    open();
    event(link_lost{loss::no_network, "no route"});
    CHECK(statuses == texts{"Disconnected_Retrying/No_Network"});
    pass(249ms);
    CHECK(links.size() == 1);
    pass(1ms);
    CHECK(links.size() == 2);
    event(link_lost{loss::no_network, "no route"});
    pass(499ms);
    CHECK(links.size() == 2);
    pass(10min);
    CHECK(links.size() == 3);
    CHECK(links[2]->password != links[0]->password);
    CHECK(statuses.size() == 1);
}

TEST_CASE_METHOD(session_fixture, "a server that says nothing is left after the connect time-out") {
    start();
    open();
    pass(30s);
    CHECK(links[0]->destroyed);
    CHECK(statuses == texts{"Disconnected_Retrying/Communication_Error"});
    CHECK(ended.empty());
    pass(30s);
    CHECK(ended == texts{"open:time_out"});
}

TEST_CASE_METHOD(session_fixture, "a hub that does not answer ends a request in time") {
    start();
    submit(operation_kind::twin_get, "get");
    accept();
    grant(1);
    pass(60s);
    CHECK(ended == texts{"get:time_out"});
    CHECK(statuses == texts{"Connected/Connection_Ok"});
}

TEST_CASE_METHOD(session_fixture, "a refused credential ends the session until it is opened anew") {
    const int return_code = GENERATE(4, 5);
    start();
    submit(operation_kind::message, "m");
    event(link_answered{return_code});
    CHECK(statuses == texts{"Disconnected/Bad_Credential"});
    CHECK(ended == texts{"m:unauthorized"});
    submit(operation_kind::message, "late");
    CHECK(ended.back() == "late:unauthorized");
    pass(1h);
    CHECK(links.size() == 1);

    open();
    CHECK(links.size() == 2);
    accept();
    CHECK(ended.back() == "open");
}

TEST_CASE_METHOD(session_fixture, "a credential refused after it was accepted: device disabled") {
    start();
    open();
    accept();
    event(link_lost{loss::communication, "closed"});
    pass(1s);
    event(link_answered{5});
    CHECK(statuses.back() == "Disconnected/Device_Disabled");
}

TEST_CASE_METHOD(session_fixture, "a hub that is unavailable is tried again") {
    start();
    open();
    event(link_answered{3});
    CHECK(statuses == texts{"Disconnected_Retrying/Communication_Error"});
    pass(1s);
    accept();
    CHECK(ended == texts{"open"});
}

TEST_CASE_METHOD(session_fixture, "a server that is not trusted ends the session at once") {
    start();
    open();
    event(link_lost{loss::untrusted, "TLS: certificate verify failed"});
    CHECK(statuses == texts{"Disconnected/Communication_Error"});
    CHECK(ended == texts{"open:network"});
}

TEST_CASE_METHOD(session_fixture, "the retry policy's end fails what waits") {
    settings.retry.max_duration = 1000ms;
    start();
    submit(operation_kind::message, "m");
    event(link_lost{loss::communication, "reset"});
    pass(250ms);
    event(link_lost{loss::communication, "reset"});
    pass(500ms);
    event(link_lost{loss::communication, "reset"});
    CHECK(statuses.back() == "Disconnected/Retry_Expired");
    CHECK(ended == texts{"m:network"});
}

TEST_CASE_METHOD(session_fixture, "closing says goodbye and fails what waits") {
    start();
    open();
    accept();
    submit(operation_kind::message, "m");
    session->close();
    CHECK(links[0]->disconnected);
    CHECK(links[0]->destroyed);
    CHECK(ended == texts{"open", "m:client_closed"});
    CHECK(statuses.back() == "Disconnected/Client_Close");
    submit(operation_kind::message, "late");
    CHECK(ended.back() == "late:client_closed");
    session->close();
    CHECK(statuses.size() == 2);
}

TEST_CASE_METHOD(session_fixture, "the token is renewed by a silent reconnect before its end") {
    start();
    open();
    accept();
    pass(3059s);
    CHECK(links.size() == 1);
    pass(1s);
    REQUIRE(links.size() == 2);
    CHECK(links[0]->disconnected);
    CHECK(iothub::sas_token::parse(link().password)->expiry == wall + 1h);
    accept();
    CHECK(statuses == texts{"Connected/Connection_Ok"});
    pass(3060s);
    CHECK(links.size() == 3);
}

TEST_CASE_METHOD(session_fixture, "a renewal that fails is a lost connection") {
    start();
    open();
    accept();
    pass(3060s);
    event(link_lost{loss::communication, "refused"});
    CHECK(statuses.back() == "Disconnected_Retrying/Communication_Error");
}

TEST_CASE_METHOD(session_fixture, "a ready token that is over ends the session") {
    start("HostName=h;DeviceId=d;SharedAccessSignature=" +
          *iothub::make_sas_token("h/devices/d", "MDEyMzQ1Njc4OQ==", wall + 10s));
    open();
    accept();
    pass(10s);
    event(link_lost{loss::communication, "closed"});
    pass(1s);
    CHECK(statuses.back() == "Disconnected/Expired_SAS_Token");
    CHECK(links.size() == 1);
    submit(operation_kind::message, "late");
    CHECK(ended.back() == "late:unauthorized");
}

TEST_CASE_METHOD(session_fixture, "nothing is due while nothing is asked for") {
    start();
    CHECK_FALSE(session->next_deadline());
    open();
    event(link_answered{5});
    CHECK_FALSE(session->next_deadline());
}

TEST_CASE_METHOD(session_fixture, "events that follow the end of a link are ignored") {
    start();
    open();
    link().events = {link_answered{5}, link_lost{loss::communication, "closed"}};
    go();
    CHECK(statuses == texts{"Disconnected/Bad_Credential"});
}
