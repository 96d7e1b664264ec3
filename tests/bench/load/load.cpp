#include "bench/load/load.hpp"

#include "bench/load/process.hpp"

namespace iothub::bench {

namespace {

using steady = std::chrono::steady_clock;

double seconds_since(steady::time_point start) {
    return std::chrono::duration<double>(steady::now() - start).count();
}

} // namespace

void load::answered(requester& one, std::uint16_t number) {
    const time now = steady::now();
    const time due = one.waiting.close(number);
    ++answered_;
    if (measuring_) {
        latencies_.add(now - due);
    }
    if (!arrivals_ && may_ask()) {
        ask(one, now);
    }
}

void load::ask(requester& one, time due) {
    ++asked_;
    one.request(one.waiting.open(due));
}

load_result load::run() {
    const time begin = steady::now();
    if (settings_.rate > 0) {
        arrivals_.emplace(begin, settings_.rate);
    } else {
        for (requester* one : members_) {
            for (std::size_t i = 0; i < settings_.window && may_ask(); ++i) {
                ask(*one, begin);
            }
            one->flush();
        }
    }
    run_for(settings_.warm_up);

    measuring_ = true;
    const std::uint64_t done_before = done();
    const double used_before = processor_seconds(settings_.server);
    const time start = steady::now();
    run_for(settings_.seconds);
    const double passed = seconds_since(start);
    return {static_cast<double>(done() - done_before) / passed, latencies_.quantile_us(0.5),
            latencies_.quantile_us(0.99),
            (processor_seconds(settings_.server) - used_before) / passed};
}

void load::run_for(double seconds) {
    const time end =
        steady::now() + std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    while (steady::now() < end && !over()) {
        send_due();
        loop_.run_once(arrivals_ ? std::min(end, arrivals_->next()) : end);
    }
}

void load::send_due() {
    while (arrivals_ && arrivals_->next() <= steady::now()) {
        requester& one = *members_[turn_++ % members_.size()];
        ask(one, arrivals_->take());
        one.flush();
    }
}

} // namespace iothub::bench
