// Host names are looked up beside everything else, and nobody waits for the answer.
#include "emulator/net/name_lookup.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <future>
#include <list>
#include <optional>
#include <thread>

#include "support/catch.hpp"

namespace iothub::net {

namespace {

using answer = std::optional<result<name_lookup::addresses>>;

struct lookup_bench {
    boost::asio::io_context context;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
        context.get_executor()};
    answer answered;

    auto remember() {
        return [this](const result<name_lookup::addresses>& found) { answered = found; };
    }

    answer wait() {
        context.run_one();
        return answered;
    }
};

} // namespace

TEST_CASE("a host name has its addresses, and one that is none a reason", "[net]") {
    lookup_bench b;
    const name_lookup known(b.context.get_executor(), "localhost", 4711, b.remember());
    const answer found = b.wait();
    REQUIRE(found);
    REQUIRE(found->has_value());
    REQUIRE_FALSE((*found)->empty());
    CHECK((*found)->front().address().is_loopback());
    CHECK((*found)->front().port() == 4711);

    const name_lookup unknown(b.context.get_executor(), "nobody.invalid", 1, b.remember());
    CHECK_FALSE(b.wait()->has_value());
    CHECK_FALSE(b.answered->error().message.empty());
}

TEST_CASE("a lookup that is given up keeps nobody waiting, and tells nobody", "[net]") {
    std::promise<void> let_go;
    std::promise<void> over;
    const auto blocks = [gate = let_go.get_future().share(), &over](const std::string&,
                                                                    std::uint16_t) {
        gate.wait();
        over.set_value();
        return result<name_lookup::addresses>(name_lookup::addresses(1));
    };
    bool told = false;
    {
        boost::asio::io_context context;
        const name_lookup one(
            context.get_executor(), "host", 1, [&told](const auto&) { told = true; }, blocks);
    }
    let_go.set_value();
    over.get_future().wait();
    CHECK_FALSE(told);
}

TEST_CASE("only so many names are looked up at one time", "[net]") {
    std::promise<void> let_go;
    const auto blocks = [gate = let_go.get_future().share()](const std::string&, std::uint16_t) {
        gate.wait();
        return result<name_lookup::addresses>(name_lookup::addresses(1));
    };
    lookup_bench b;
    std::list<name_lookup> many;
    int ended = 0;
    for (int i = 0; i < name_lookup::max_threads; ++i) {
        many.emplace_back(
            b.context.get_executor(), "host", 1, [&ended](const auto&) { ++ended; }, blocks);
    }
    const name_lookup one_more(b.context.get_executor(), "host", 1, b.remember());
    while (!b.answered) {
        b.context.run_one();
    }
    CHECK_FALSE(b.answered->has_value());
    let_go.set_value();
    while (ended < name_lookup::max_threads) {
        b.context.run_one();
    }
}

} // namespace iothub::net
