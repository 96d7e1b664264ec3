// READ of "$management" at the Event Hubs-compatible endpoint (service API §7.5).

#include "event_hub_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

struct asking_peer : reading_peer {
    explicit asking_peer(reading_world& in, const std::string& address = "$management")
        : reading_peer(in)
        , requests(sender(address))
        , answers(receiver(address, {.name = "answers", .peer_address = "reply-1"})) {}
    asking_peer(const std::string& token, reading_world& in)
        : reading_peer(in, token)
        , requests(sender("$management"))
        , answers(receiver("$management", {.name = "answers", .peer_address = "reply-1"})) {}

    const amqp::message& ask(const amqp::map& properties, const amqp::value& id = "id-1") {
        amqp::message request;
        request.properties.emplace();
        request.properties->message_id = id;
        request.properties->reply_to = "reply-1";
        request.application_properties = properties;
        request.body = amqp::list();
        send(requests, request);
        REQUIRE_FALSE(answers.inbox.empty());
        return answers.inbox.back().content;
    }
    int status(const amqp::map& properties) {
        const amqp::value* found =
            amqp::find(ask(properties).application_properties, "status-code");
        REQUIRE(found->as<std::int32_t>() != nullptr);
        return *found->as<std::int32_t>();
    }
    std::string error_condition() {
        return std::string(
            find_text(answers.inbox.back().content.application_properties, "error-condition")
                .value_or(""));
    }

    peer_link& requests;
    peer_link& answers;
};

amqp::map asking(const char* type, const char* name = "iothub-ehub-emulator") {
    return {{"operation", "READ"}, {"type", type}, {"name", name}};
}

amqp::map asking_partition(const amqp::value& partition) {
    amqp::map all = asking("com.microsoft:partition");
    all.emplace_back("partition", partition);
    return all;
}

constexpr amqp::milliseconds no_time{-62'135'596'800'000}; // the year 1

} // namespace

TEST_CASE("the hub's description, each value of its type") {
    reading_world w;
    asking_peer p(w, GENERATE("$management", "iothub-ehub-emulator/$management"));
    const amqp::array ids{{"0", "1", "2", "3"}};
    const amqp::list request_ids = {"id-7", std::uint64_t{7}};
    for (const amqp::value& id : request_ids) {
        const amqp::message& answer = p.ask(asking("com.microsoft:eventhub", "myhub"), id);
        CHECK(answer.application_properties ==
              amqp::map{{"status-code", std::int32_t{200}}, {"status-description", "OK"}});
        CHECK(answer.properties->correlation_id == id);
        CHECK(*answer.body ==
              amqp::value(amqp::map{{"name", "myhub"},
                                    {"type", "com.microsoft:eventhub"},
                                    {"created_at", amqp::milliseconds{1704067200000}},
                                    {"partition_count", std::int32_t{4}},
                                    {"partition_ids", ids}}));
    }
}

TEST_CASE("a partition's description, each value of its type") {
    reading_world w;
    asking_peer p(w);
    const bool as_text = GENERATE(true, false);
    const amqp::value number = as_text ? amqp::value(std::to_string(w.partition))
                                       : amqp::value(static_cast<std::int32_t>(w.partition));
    const auto description = [&](std::int64_t begin, std::int64_t last, const std::string& offset,
                                 amqp::milliseconds time, bool empty) {
        return amqp::value(amqp::map{{"name", "iothub-ehub-emulator"},
                                     {"type", "com.microsoft:partition"},
                                     {"partition", std::to_string(w.partition)},
                                     {"begin_sequence_number", begin},
                                     {"last_enqueued_sequence_number", last},
                                     {"last_enqueued_offset", offset},
                                     {"last_enqueued_time_utc", time},
                                     {"is_partition_empty", empty}});
    };
    CHECK(*p.ask(asking_partition(number)).body == description(0, -1, "-1", no_time, true));
    w.send("a");
    w.send("b");
    const auto newest = w.hub.events().read(w.partition, 1, 1).front();
    const amqp::milliseconds time{unix_seconds(newest.enqueued) * 1000};
    CHECK(*p.ask(asking_partition(number)).body ==
          description(0, 1, std::to_string(newest.offset), time, false));
    w.hub.clear();
    w.hub.end_turn();
    const auto next_offset = w.hub.events().describe(w.partition).next_offset;
    CHECK(*p.ask(asking_partition(number)).body ==
          description(2, 1, std::to_string(next_offset - 1), no_time, true));
}

TEST_CASE("requests that cannot be answered are told why") {
    reading_world w;
    asking_peer p(w);
    CHECK(p.status({}) == 400);
    CHECK(p.error_condition() == "com.microsoft:argument-error");
    CHECK(p.status({{"operation", "DELETE"}, {"type", "com.microsoft:eventhub"}}) == 400);
    CHECK(p.status(asking("com.microsoft:queue")) == 400);
    CHECK(p.status(asking("com.microsoft:eventhub", "a/b")) == 404);
    CHECK(p.error_condition() == "amqp:not-found");
    CHECK(p.status(asking("com.microsoft:partition")) == 400);
    CHECK(p.error_condition() == "com.microsoft:argument-out-of-range");
    CHECK(p.status(asking_partition("4")) == 400);
    CHECK(p.status(asking_partition("boo")) == 400);
    CHECK(p.status(asking("com.microsoft:eventhub")) == 200);
    CHECK(p.status({{"operation", "read"}, {"type", "com.microsoft:eventhub"}}) == 200);
}

TEST_CASE("a request without properties finds the only receiver") {
    reading_world w;
    asking_peer p(w);
    amqp::message request;
    request.application_properties = asking("com.microsoft:eventhub");
    p.send(p.requests, request);
    REQUIRE(p.answers.inbox.size() == 1);
    CHECK(p.answers.inbox.front().content.properties->correlation_id.is_null());
}

TEST_CASE("the answer goes to the receiver that reply-to names") {
    reading_world w;
    asking_peer p(w);
    peer_link& other = p.receiver("$management", {.name = "o", .peer_address = "reply-2"});
    p.ask(asking("com.microsoft:eventhub"));
    CHECK(p.answers.inbox.size() == 1);
    CHECK(other.inbox.empty());
}

TEST_CASE("a request brings a token where the connection has none of a back end") {
    reading_world w;
    asking_peer p(GENERATE(as<std::string>(), "", policy_token("device")), w);
    amqp::map request = asking("com.microsoft:eventhub");
    CHECK(p.status(request) == 401);
    CHECK(p.error_condition() == "amqp:unauthorized-access");
    request.emplace_back("security_token", policy_token("device"));
    CHECK(p.status(request) == 401);
    request.back().second = policy_token("service", "amqp://hub.test/" + entity);
    CHECK(p.status(request) == 200);
}
