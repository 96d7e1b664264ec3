#include "emulator/amqp/send_turns.hpp"

#include <string>

#include "support/catch.hpp"

using namespace iothub::amqp;

namespace {

constexpr std::size_t all = send_turns::bytes_at_once;

// Sends `size` bytes at each turn, and wants another.
struct eager final : send_turns::sender {
    eager(send_turns& in, char name, std::size_t size, std::string& order)
        : in_(in)
        , name_(name)
        , size_(size)
        , order_(order) {}

    void go_on() override {
        order_ += name_;
        in_.spent(size_);
        in_.wait_for_room(*this);
    }

    send_turns& in_;
    char name_;
    std::size_t size_;
    std::string& order_;
};

} // namespace

TEST_CASE("there is room until enough was put out, and again when it was taken", "[send_turns]") {
    send_turns turns;
    CHECK(turns.has_room());
    turns.spent(all - 1);
    CHECK(turns.has_room());
    turns.spent(1);
    CHECK_FALSE(turns.has_room());
    turns.output_taken();
    CHECK(turns.has_room());
}

TEST_CASE("there is none while the stream holds back", "[send_turns]") {
    send_turns turns;
    turns.hold_back();
    turns.output_taken();
    CHECK_FALSE(turns.has_room());
    turns.resume();
    CHECK(turns.has_room());
}

TEST_CASE("senders take turns", "[send_turns]") {
    send_turns turns;
    std::string order;
    eager a(turns, 'a', all / 2, order);
    eager b(turns, 'b', all / 2, order);
    eager c(turns, 'c', all / 2, order);
    for (eager* one : {&a, &b, &c, &a}) {
        turns.wait_for_room(*one);
    }
    for (int i = 0; i < 3; ++i) {
        CHECK(turns.due());
        turns.go_on();
        CHECK_FALSE(turns.due());
        turns.output_taken();
    }
    CHECK(order == "abcabc");
}

TEST_CASE("each has one turn at a time, however much room there is", "[send_turns]") {
    send_turns turns;
    std::string order;
    eager a(turns, 'a', 1, order);
    eager b(turns, 'b', 1, order);
    turns.wait_for_room(a);
    turns.wait_for_room(b);
    turns.go_on();
    CHECK(order == "ab");
}

TEST_CASE("who waits for the peer has no turn before it is heard", "[send_turns]") {
    send_turns turns;
    std::string order;
    eager a(turns, 'a', all, order);
    turns.wait_for_peer(a);
    CHECK_FALSE(turns.due());
    turns.peer_heard();
    CHECK(turns.due());
    turns.go_on();
    CHECK(order == "a");
}

TEST_CASE("who has left has no turn", "[send_turns]") {
    send_turns turns;
    std::string order;
    eager a(turns, 'a', 1, order);
    turns.wait_for_room(a);
    turns.wait_for_peer(a);
    turns.leave(a);
    turns.peer_heard();
    CHECK_FALSE(turns.due());
    turns.go_on();
    CHECK(order.empty());
}
