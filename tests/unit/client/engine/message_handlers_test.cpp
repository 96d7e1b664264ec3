#include "client/src/engine/message_handlers.hpp"

#include <stdexcept>
#include <vector>

#include "support/catch.hpp"

using iothub::received_message;
using iothub::client::message_handlers;
using texts = std::vector<std::string>;

namespace {

struct fixture {
    message_handlers handlers;
    texts handled; // "handler:body"

    iothub::message_handler recorder(const std::string& name) {
        return [this, name](const received_message& m) { handled.push_back(name + ":" + m.body); };
    }

    void receive(const std::string& input, const std::string& body) {
        received_message message;
        message.input_name = input;
        message.body = body;
        handlers.add(message);
        handlers.run_next();
    }
};

} // namespace

TEST_CASE_METHOD(fixture, "an input's handler stands before the one for all") {
    CHECK(handlers.set("in", recorder("in")) == 0);
    CHECK(handlers.set("", recorder("all")) == 0);
    receive("in", "1");
    receive("other", "2");
    receive("", "3");
    CHECK(handled == texts{"in:1", "all:2", "all:3"});
    handlers.set("in", nullptr);
    receive("in", "4");
    CHECK(handled.back() == "all:4");
}

TEST_CASE_METHOD(fixture, "messages wait, in their order, for a handler of theirs") {
    receive("in", "1");
    receive("other", "2");
    receive("in", "3");
    CHECK(handlers.set("in", recorder("in")) == 3);
    for (int i = 0; i < 3; ++i) {
        handlers.run_next();
    }
    CHECK(handled == texts{"in:1", "in:3"});
    CHECK(handlers.set("", recorder("all")) == 1);
    handlers.run_next();
    CHECK(handled.back() == "all:2");
}

TEST_CASE_METHOD(fixture, "of too many that wait the oldest go") {
    for (std::size_t i = 0; i <= message_handlers::limit; ++i) {
        receive("", std::to_string(i));
    }
    CHECK(handlers.set("", recorder("all")) == message_handlers::limit);
    handlers.run_next();
    CHECK(handled == texts{"all:1"});
}

TEST_CASE_METHOD(fixture, "a handler that throws has had its message") {
    handlers.set("", [](const received_message&) { throw std::runtime_error("no"); });
    CHECK_THROWS_WITH(receive("", "1"), "no");
    CHECK(handlers.set("", recorder("all")) == 0);
}
