// Requests to "$cbs" as clients vary them (device protocol §2.3; service API §7.1), and tokens of
// which there are too many.

#include "emulator/amqp/credentials.hpp"
#include "peer.hpp"
#include "support/catch.hpp"
#include "token_request.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

struct asking {
    explicit asking(world& w)
        : p(w) {
        p.open();
        out = &p.sender("$cbs");
        in = &p.receiver("$cbs");
    }

    static amqp::message request() { return token_request("m", token_of(device)); }

    // The one answer's status, in the type that Java and C want.
    int asks(const amqp::message& what) {
        p.send(*out, what);
        REQUIRE(in->inbox.size() == 1);
        answer = in->inbox.front().content;
        in->inbox.pop_front();
        const auto* status = amqp::find(answer.application_properties, "status-code");
        REQUIRE(status != nullptr);
        REQUIRE(status->as<std::int32_t>() != nullptr);
        return *status->as<std::int32_t>();
    }
    amqp::value correlation() const {
        return answer.properties ? answer.properties->correlation_id : amqp::value();
    }

    peer p;
    peer_link* out = nullptr;
    peer_link* in = nullptr;
    amqp::message answer;
};

amqp::message with_property(const char* name, const amqp::value& what) {
    amqp::message made = asking::request();
    for (auto& [key, old] : made.application_properties) {
        if (*key.text() == name) {
            old = what;
        }
    }
    return made;
}

} // namespace

TEST_CASE("the name and the type of a token are not looked at") {
    const amqp::message what =
        GENERATE(with_property("name", "devices/other"), with_property("name", std::int32_t{1}),
                 with_property("name", amqp::value()), with_property("type", "jwt"),
                 with_property("type", std::int32_t{1}), with_property("type", amqp::value()),
                 with_property("operation", "PUT-TOKEN"),
                 with_property("operation", amqp::symbol{"put-token"}));
    world w;
    asking a(w);
    CHECK(a.asks(what) == 200);
    CHECK(w.hub.sessions().find(device) != nullptr);
}

TEST_CASE("a token that has expired or is signed with another key is answered with 401") {
    const auto token = [](std::string_view key, ticks life, const std::string& policy = {}) {
        const std::string resource = policy.empty() ? "hub.test/devices/dev1" : "hub.test";
        return make_sas_token(resource, key, manual_clock().now() + life, policy).value();
    };
    const std::string owner_key = core::published_policies().front().primary_key;
    const std::string other_key = "b3RoZXIga2V5IG9mIG5vYm9keQ==";
    const std::string wrong =
        GENERATE_COPY(token(identity_secret, 0s), token(identity_secret, -1h), token(other_key, 1h),
                      token(owner_key, 0s, "iothubowner"), token(other_key, 1h, "iothubowner"));
    world w;
    asking a(w);
    CHECK(a.asks(token_request("m", wrong)) == 401);
    CHECK(a.correlation() == amqp::value("m"));
    CHECK(w.hub.sessions().size() == 0);
    peer_link& link = a.p.sender("/devices/dev1/messages/events");
    a.p.wait(20ms);
    REQUIRE(link.ended);
    CHECK(link.ended->condition == "amqp:unauthorized-access");
    CHECK_FALSE(a.p.closed());
    CHECK(a.asks(a.request()) == 200);
}

TEST_CASE("a good token of one device opens no link of another") {
    const identity_key dev2{"dev2", ""};
    world w;
    w.add(dev2);
    asking a(w);
    REQUIRE(a.asks(token_request("m", token_of(dev2))) == 200);
    peer_link& others = a.p.sender("/devices/dev1/messages/events");
    peer_link& own = a.p.sender("/devices/dev2/messages/events");
    a.p.wait(20ms);
    REQUIRE(others.ended);
    CHECK(others.ended->condition == "amqp:unauthorized-access");
    CHECK_FALSE(others.attached);
    CHECK(own.attached);
    CHECK_FALSE(own.ended);
    CHECK(w.hub.sessions().find(device) == nullptr);
}

TEST_CASE("a token without name and type is put") {
    world w;
    asking a(w);
    amqp::message what = a.request();
    what.application_properties = {{"operation", "put-token"}};
    CHECK(a.asks(what) == 200);
}

TEST_CASE("an operation on tokens that is none is answered with 400") {
    const amqp::value operation =
        GENERATE(amqp::value(), amqp::value(""), amqp::value("get-token"),
                 amqp::value("put-token "), amqp::value(std::int32_t{1}),
                 amqp::value(amqp::binary{"put-token"}), amqp::value(amqp::list{"put-token"}));
    world w;
    asking a(w);
    CHECK(a.asks(with_property("operation", operation)) == 400);
    CHECK(w.hub.sessions().size() == 0);
    CHECK(a.asks(a.request()) == 200);
}

TEST_CASE("a token that is no text is answered with 400") {
    const amqp::value body =
        GENERATE(amqp::value(), amqp::value(std::uint32_t{1}), amqp::value(amqp::list{}),
                 amqp::value(amqp::binary{token_of(device)}), amqp::value(true));
    world w;
    asking a(w);
    amqp::message what = a.request();
    what.body = body;
    CHECK(a.asks(what) == 400);
}

TEST_CASE("a token in a data section is answered with 400") {
    world w;
    asking a(w);
    amqp::message what = a.request();
    what.body.reset();
    what.data = {token_of(device)};
    CHECK(a.asks(what) == 400);
}

TEST_CASE("the answer bears the request's id in its own type") {
    const amqp::value id =
        GENERATE(amqp::value("m"), amqp::value(std::uint64_t{0}), amqp::value(amqp::uuid{{1}}),
                 amqp::value(amqp::binary{"\1"}), amqp::value());
    world w;
    asking a(w);
    amqp::message what = a.request();
    what.properties->message_id = id;
    CHECK(a.asks(what) == 200);
    CHECK(a.correlation() == id);
}

TEST_CASE("a request without properties, or without reply-to, is answered all the same") {
    world w;
    asking a(w);
    amqp::message what = a.request();
    SECTION("no reply-to") {
        what.properties->reply_to.reset();
    }
    SECTION("an empty one") {
        what.properties->reply_to = "";
    }
    SECTION("one that is nobody's") {
        what.properties->reply_to = "elsewhere";
    }
    SECTION("no properties") {
        what.properties.reset();
    }
    CHECK(a.asks(what) == 200);
}

TEST_CASE("a request that comes before its receiver is carried out, and not answered") {
    world w;
    peer p(w);
    p.open();
    p.send(p.sender("$cbs"), asking::request());
    CHECK(w.hub.sessions().find(device) != nullptr);
    CHECK(w.log.mentions("an answer finds no receiver"));
    CHECK_FALSE(p.closed());
}

TEST_CASE("a connection has only so many tokens, which may be renewed") {
    const auto resource = [](std::size_t number) {
        return "hub.test/devices/d" + std::to_string(number);
    };
    const auto later = [](const std::string& of, std::string_view key) {
        return make_sas_token(of, key, manual_clock().now() + 2h).value();
    };
    world w;
    peer p(w);
    p.open();
    REQUIRE(p.put_token(token_of(device)) == 200);
    for (std::size_t i = 1; i < amqp::credentials::max_tokens; ++i) {
        REQUIRE(p.put_token(policy_token("device", resource(i))) == 200);
    }
    CHECK(p.put_token(policy_token("device", resource(0))) == 403);
    CHECK(p.put_token(token_of(module)) == 403);
    CHECK(p.put_token(later("hub.test/devices/dev1", identity_secret)) == 200);
    CHECK(p.put_token(policy_token("device", resource(1))) == 200);
    CHECK_FALSE(p.closed());
    // When the others have ended there is room again; the device's own token was renewed.
    peer_link& out = p.sender("/devices/dev1/messages/events");
    for (int i = 0; i < 31; ++i) {
        p.send(out, text_message("a"));
        p.wait(2min);
    }
    CHECK_FALSE(out.ended);
    CHECK(p.put_token(later("hub.test/devices/dev1/modules/m1", identity_secret)) == 200);
}
