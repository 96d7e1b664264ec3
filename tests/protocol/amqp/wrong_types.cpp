// Twin requests and answers to methods in types that they should not have (reliability §2.2; device
// protocol §2.7, §2.8): each is refused or ignored by itself, and the link goes on.

#include <limits>

#include "common/json.hpp"
#include "method_peer.hpp"
#include "twin_peer.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr auto reported = "/properties/reported";

amqp::message with_operation(const amqp::value& operation) {
    amqp::message made = twin_peer::request("GET");
    made.annotations = {{amqp::symbol{"operation"}, operation}};
    return made;
}

amqp::message with_resource(const amqp::value& resource) {
    amqp::message made = twin_peer::request("PATCH", {}, R"({"a":1})");
    made.annotations.emplace_back(amqp::symbol{"resource"}, resource);
    return made;
}

amqp::message with_body(const amqp::value& body) {
    amqp::message made = twin_peer::request("PATCH", reported);
    made.body = body;
    return made;
}

amqp::message without_annotations() {
    amqp::message made = twin_peer::request("GET");
    made.annotations.clear();
    return made;
}

// A called device, and what it is called under.
struct called : method_peer {
    explicit called(world& w)
        : method_peer(w) {
        invoke();
        REQUIRE(in.inbox.size() == 1);
        id = in.inbox.front().content.properties->correlation_id;
    }

    disposition sends(const amqp::message& response) { return out.sent[d.p.send(out, response)]; }
    amqp::message response() const {
        amqp::message made = text_message("{}");
        made.properties.emplace();
        made.properties->correlation_id = id;
        made.application_properties = {{"IoThub-status", std::int32_t{200}}};
        return made;
    }
    // The call is still open, and can be answered.
    void check_waits() {
        CHECK(answer.empty());
        CHECK(sends(response()).state == "accepted");
        CHECK(answer == "200 {}");
    }

    amqp::value id;
};

} // namespace

TEST_CASE("a twin request whose operation or resource is none is answered with 400") {
    const amqp::message wrong = GENERATE(
        without_annotations(), with_operation(std::int32_t{1}), with_operation(amqp::binary{"GET"}),
        with_operation(amqp::list{"GET"}), with_operation(amqp::value()), with_operation(""),
        with_operation(true), twin_peer::request("PATCH", {}, R"({"a":1})"),
        with_resource(std::int32_t{1}), with_resource(amqp::value()), with_resource(""),
        with_resource(amqp::binary{reported}), twin_peer::request("PUT"),
        twin_peer::request("DELETE", reported));
    world w;
    twin_peer t(w);
    const auto reply = t.asks(wrong);
    CHECK(status_of(reply) == 400);
    CHECK(reply.content.properties->correlation_id == wrong.properties->correlation_id);
    CHECK(parse_json(body_of(reply))->contains("errorCode"));
    CHECK(status_of(t.asks(t.request("GET"))) == 200);
}

TEST_CASE("a report whose body is no JSON object is answered with 400") {
    const std::string body = GENERATE("", " ", "{", "[]", "7", "null", "\"text\"", "{\"a\":1}x",
                                      "\xff", "{\"a\":\"\xff\"}");
    world w;
    twin_peer t(w);
    CAPTURE(body);
    CHECK(status_of(t.asks(t.request("PATCH", reported, body))) == 400);
    CHECK(w.hub.twins().get(device)->reported.version == 1);
}

TEST_CASE("the body of a report may be a value of text or bytes, and nothing else") {
    const auto [body, status] = GENERATE(Catch::Generators::table<amqp::value, int>({
        {R"({"a":1})", 200},
        {amqp::binary{R"({"a":1})"}, 200},
        {amqp::map{{"a", 1}}, 400},
        {amqp::list{R"({"a":1})"}, 400},
        {std::int32_t{1}, 400},
        {amqp::value(), 400},
    }));
    world w;
    twin_peer t(w);
    CHECK(status_of(t.asks(with_body(body))) == status);
}

TEST_CASE("a correlation id of any type comes back as it was") {
    const amqp::value id =
        GENERATE(amqp::value(std::uint64_t{7}), amqp::value(amqp::binary{"\xff\0"}),
                 amqp::value(amqp::uuid{}), amqp::value(""), amqp::value());
    world w;
    twin_peer t(w);
    amqp::message get = t.request("GET");
    get.properties->correlation_id = id;
    const auto reply = t.asks(get);
    CHECK(status_of(reply) == 200);
    CHECK((reply.content.properties ? reply.content.properties->correlation_id : amqp::value()) ==
          id);
}

TEST_CASE("a twin request without properties is answered") {
    world w;
    twin_peer t(w);
    amqp::message get = t.request("GET");
    get.properties.reset();
    CHECK(status_of(t.asks(get)) == 200);
}

TEST_CASE("bytes that are no message are rejected on links for twin and methods") {
    world w;
    device_peer d(w);
    peer_link& out = d.p.sender(d.at(GENERATE("twin", "methods/devicebound")));
    const disposition told = out.sent[d.p.send_encoded(out, "no message")];
    CHECK(told.state == "rejected");
    CHECK(told.condition == "com.microsoft:argument-error");
    CHECK_FALSE(out.ended);
}

TEST_CASE("a method's answer without a number as status is rejected, and the call waits") {
    const amqp::value status =
        GENERATE(amqp::value("200"), amqp::value(), amqp::value(true), amqp::value(200.0),
                 amqp::value(amqp::binary{"200"}), amqp::value(amqp::list{200}),
                 amqp::value(std::numeric_limits<std::int64_t>::max()));
    world w;
    called c(w);
    CHECK(c.responds(c.id, status, "{}").condition == "com.microsoft:argument-error");
    c.check_waits();
}

TEST_CASE("a method's answer without any status is rejected, and the call waits") {
    world w;
    called c(w);
    amqp::message response = c.response();
    response.application_properties.clear();
    CHECK(c.sends(response).state == "rejected");
    c.check_waits();
}

TEST_CASE("a method's answer under an id that is none is ignored, and the call waits") {
    const amqp::value id =
        GENERATE(amqp::value(), amqp::value(""), amqp::value("1"), amqp::value(std::uint64_t{1}),
                 amqp::value(amqp::binary{"1"}), amqp::value(amqp::uuid{}),
                 amqp::value("696f7468-7562-4000-8000-zzzzzzzzzzzz"));
    world w;
    called c(w);
    CHECK(c.responds(id, 200, "{}").state == "accepted");
    CHECK(w.log.mentions("a method response that nobody waits for"));
    c.check_waits();
}

TEST_CASE("a method's answer without properties is ignored, and the call waits") {
    world w;
    called c(w);
    amqp::message response = c.response();
    response.properties.reset();
    CHECK(c.sends(response).state == "accepted");
    c.check_waits();
}

TEST_CASE("a method's answer may be a value of text or bytes, and nothing else") {
    const auto [body, state] = GENERATE(Catch::Generators::table<amqp::value, std::string>({
        {"{}", "accepted"},
        {amqp::binary{"{}"}, "accepted"},
        {amqp::map{{"a", 1}}, "rejected"},
        {std::int32_t{7}, "rejected"},
    }));
    world w;
    called c(w);
    amqp::message response = c.response();
    response.data.clear();
    response.body = body;
    CHECK(c.sends(response).state == state);
    if (state == "accepted") {
        CHECK(c.answer == "200 {}");
    } else {
        c.check_waits();
    }
}

TEST_CASE("a method that is answered twice was answered once") {
    world w;
    called c(w);
    CHECK(c.responds(c.id, 200, "1").state == "accepted");
    CHECK(c.responds(c.id, 500, "2").state == "accepted");
    CHECK(c.answer == "200 1");
}
