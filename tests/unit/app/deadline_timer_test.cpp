#include "emulator/app/deadline_timer.hpp"

#include "support/catch.hpp"
#include "support/manual_clock.hpp"

using namespace iothub;

namespace {

struct timed {
    explicit timed(std::optional<timestamp> deadline)
        : timer(loop, clock, [deadline] { return deadline; }, [this] { ++advanced; }) {
        timer.arm();
        loop.poll();
    }

    boost::asio::io_context loop;
    test::manual_clock clock;
    int advanced = 0;
    app::deadline_timer timer;
};

} // namespace

TEST_CASE("deadline timer: what is due is done") {
    const timestamp now = test::manual_clock().now();
    CHECK(timed(now).advanced == 1);
    CHECK(timed(now - std::chrono::hours(1)).advanced == 1);
    CHECK(timed(never).advanced == 1); // as work in slices says: at once
    CHECK(timed(std::nullopt).advanced == 0);
}

TEST_CASE("deadline timer: what is due again at once is done again") {
    timed work(never);
    work.timer.arm();
    work.timer.arm();
    work.loop.restart();
    work.loop.poll();
    CHECK(work.advanced == 2);
}

TEST_CASE("deadline timer: however far the deadline is, it is not now") {
    const char* far = GENERATE("2400-12-31T23:59:59Z", "9999-12-31T23:59:59Z");
    CHECK(timed(*parse_iso_8601(far)).advanced == 0);
    CHECK(timed(timestamp::max()).advanced == 0);
}
