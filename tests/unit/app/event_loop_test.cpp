#include "emulator/app/event_loop.hpp"

#include <boost/asio/post.hpp>

#include "support/catch.hpp"

using iothub::app::event_loop;

TEST_CASE("event loop: what is ready together is one turn") {
    event_loop loop;
    int handled = 0;
    int turns = 0;
    for (int i = 0; i < 10; ++i) {
        boost::asio::post(loop.context(), [&] { ++handled; });
    }
    loop.run(
        [&] {
            ++turns;
            return false;
        },
        [&] { return handled == 10; });
    CHECK(turns == 1);
}

TEST_CASE("event loop: a turn is bounded, so that its first reply need not wait for all input") {
    event_loop loop;
    int handled = 0;
    int turns = 0;
    for (int i = 0; i < 1000; ++i) {
        boost::asio::post(loop.context(), [&] { ++handled; });
    }
    loop.run(
        [&] {
            ++turns;
            return false;
        },
        [&] { return handled == 1000; });
    CHECK(turns > 1);
}

TEST_CASE("event loop: a turn that is due at once is not kept waiting for input") {
    event_loop loop;
    int turns = 0;
    loop.run(
        [&] {
            ++turns;
            return turns < 3; // nothing is posted after the first
        },
        [&] { return turns == 3; },
        [&] {
            boost::asio::post(loop.context(), [] {});
            return std::chrono::hours(1);
        }());
    CHECK(turns == 3);
}

TEST_CASE("event loop: draining runs what is ready and what that makes ready, then ends") {
    event_loop loop;
    int handled = 0;
    std::function<void()> next = [&] {
        if (++handled < 600) {
            boost::asio::post(loop.context(), next);
        }
    };
    boost::asio::post(loop.context(), next);
    int turns = 0;
    loop.drain([&] {
        ++turns;
        return turns == 1; // something is due at once after the first
    });
    CHECK(handled == 600);
    CHECK(turns > 1);
}

TEST_CASE("event loop: draining ends though there is always more") {
    event_loop loop;
    int turns = 0;
    loop.drain([&] {
        ++turns;
        return true;
    });
    CHECK(turns == 1000);
}
