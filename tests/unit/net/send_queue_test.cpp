#include "emulator/net/send_queue.hpp"
#include "support/catch.hpp"

using iothub::net::send_queue;

TEST_CASE("bytes leave a send queue in the order they came") {
    send_queue queue;
    std::string taken;
    for (int round = 0; round < 100; ++round) {
        queue.append("abc");
        queue.append("defgh");
        taken += queue.front().substr(0, 3);
        queue.consume(3);
        CHECK(queue.size() == static_cast<std::size_t>(round + 1) * 5);
    }
    taken += queue.front();
    std::string expected;
    for (int round = 0; round < 100; ++round)
        expected += "abcdefgh";
    CHECK(taken == expected);
}

TEST_CASE("a send queue that ran empty holds no memory") {
    send_queue queue;
    queue.append(std::string(100'000, 'x'));
    queue.consume(99'999);
    CHECK_FALSE(queue.empty());
    queue.consume(1);
    CHECK(queue.empty());
    CHECK(queue.capacity() < 100);
}

TEST_CASE("a send queue that never runs empty does not grow without end") {
    send_queue queue;
    queue.append(std::string(1000, 'x'));
    for (int round = 0; round < 10'000; ++round) {
        queue.append(std::string(1000, 'y'));
        queue.consume(1000);
    }
    CHECK(queue.size() == 1000);
    CHECK(queue.capacity() < 10'000);
}

TEST_CASE("consuming more than is queued empties the queue") {
    send_queue queue;
    queue.append("abc");
    queue.consume(10);
    CHECK(queue.empty());
    queue.append("d");
    CHECK(queue.front() == "d");
}
