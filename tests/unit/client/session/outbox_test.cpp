#include "client/src/session/outbox.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace std::chrono_literals;
using iothub::hub_error_kind;
using iothub::client::operation;
using iothub::client::operation_kind;
using iothub::client::outbox;
using iothub::client::outcome;

namespace {

const outbox::time_point start{};

// Operations that write down how they ended: "name", or "name:kind of error".
struct fixture {
    outbox box;
    std::vector<std::string> ended;

    void add(operation_kind kind, const std::string& name, outbox::time_point deadline = start) {
        box.add({.kind = kind, .payload = name, .deadline = deadline, .done = recorder(name)});
    }

    iothub::client::completion recorder(const std::string& name) {
        return [this, name](const outcome& result) {
            ended.push_back(result ? name
                                   : name + ":" + std::string(to_string(result.error().kind)));
        };
    }

    std::string send_front() {
        const std::string id = box.front_request_id();
        box.front_sent();
        return id;
    }
};

} // namespace

TEST_CASE_METHOD(fixture, "messages end with the acknowledgement of their packet") {
    add(operation_kind::message, "a");
    add(operation_kind::message, "b");
    CHECK(box.front()->payload == "a");
    box.front_sent(1);
    CHECK(box.front()->payload == "b");
    box.front_sent(2);
    CHECK(box.front() == nullptr);
    box.acknowledged(2);
    box.acknowledged(2);
    box.acknowledged(3);
    box.acknowledged(1);
    CHECK(ended == std::vector<std::string>{"b", "a"});
    CHECK(box.empty());
}

TEST_CASE_METHOD(fixture, "requests end with the answer to their id, whatever the order") {
    add(operation_kind::twin_get, "get");
    add(operation_kind::reported_patch, "patch");
    const std::string get = send_front();
    const std::string patch = send_front();
    box.answered({.status = 204, .request_id = patch, .version = 5}, "");
    box.answered({.status = 200, .request_id = "no number", .version = {}}, "");
    box.answered({.status = 200, .request_id = "99", .version = {}}, "");
    box.answered({.status = 200, .request_id = get, .version = {}}, "{}");
    CHECK(ended == std::vector<std::string>{"patch", "get"});
}

TEST_CASE_METHOD(fixture, "a request that was not sent yet cannot be answered") {
    add(operation_kind::twin_get, "get");
    box.answered({.status = 200, .request_id = box.front_request_id(), .version = {}}, "{}");
    CHECK(ended.empty());
}

TEST_CASE_METHOD(fixture, "a refused request ends with the hub's error") {
    iothub::hub_error_details details;
    box.add({.kind = operation_kind::reported_patch,
             .done = [&](const outcome& result) { details = result.error(); }});
    const std::string id = send_front();
    box.answered({.status = 400, .request_id = id, .version = {}},
                 R"({"errorCode":400004,"trackingId":"T","message":"too deep"})");
    CHECK(details.kind == hub_error_kind::argument_invalid);
    CHECK(details.code == 400004);
    CHECK(details.http_status == 400);
    CHECK(details.message == "too deep");
    CHECK(details.tracking_id == "T");
}

TEST_CASE_METHOD(fixture, "after a lost connection everything is sent again in its order") {
    add(operation_kind::message, "a");
    add(operation_kind::twin_get, "b");
    add(operation_kind::message, "c");
    box.front_sent(1);
    const std::string old_id = send_front();
    box.unsend();
    box.acknowledged(1);
    CHECK(ended.empty());
    for (const char* name : {"a", "b", "c"}) {
        REQUIRE(box.front() != nullptr);
        CHECK(box.front()->payload == name);
        box.front_sent(20 + name[0]);
    }
}

TEST_CASE_METHOD(fixture, "what is overdue fails, sent or not, and is never sent again") {
    add(operation_kind::message, "a", start + 1s);
    add(operation_kind::message, "b", start + 3s);
    add(operation_kind::message, "c", start + 2s);
    box.front_sent(1);
    CHECK(box.next_deadline() == start + 1s);
    box.expire(start + 2s, "late");
    CHECK(ended == std::vector<std::string>{"a:time_out", "c:time_out"});
    CHECK(box.next_deadline() == start + 3s);
    box.acknowledged(1);
    CHECK(ended.size() == 2);
    CHECK(box.front()->payload == "b");
}

TEST_CASE_METHOD(fixture, "failing requests leaves messages alone") {
    add(operation_kind::message, "a");
    add(operation_kind::twin_get, "b");
    add(operation_kind::barrier, "c");
    box.front_sent(1);
    box.front_sent();
    box.fail_requests({.kind = hub_error_kind::protocol});
    CHECK(ended == std::vector<std::string>{"b:protocol", "c:protocol"});
    box.acknowledged(1);
    CHECK(ended.back() == "a");
}

TEST_CASE_METHOD(fixture, "one operation above the limit fails at once") {
    for (std::size_t i = 0; i < outbox::limit; ++i) {
        add(operation_kind::message, "kept");
    }
    CHECK(ended.empty());
    add(operation_kind::message, "more");
    CHECK(ended == std::vector<std::string>{"more:quota_exceeded"});
    box.fail_all({.kind = hub_error_kind::client_closed});
    CHECK(ended.size() == outbox::limit + 1);
    CHECK(box.empty());
    CHECK_FALSE(box.next_deadline());
}

TEST_CASE_METHOD(fixture, "an operation may add another when it fails") {
    box.add({.kind = operation_kind::message,
             .done = [this](const outcome&) { add(operation_kind::message, "second"); }});
    box.fail_all({.kind = hub_error_kind::network});
    REQUIRE(box.front() != nullptr);
    CHECK(box.front()->payload == "second");
}
