#pragma once
// Keeps connections busy and measures: closed loop (each has `window` requests on their way) or,
// with a rate, open loop (requests are sent when they are due, latency counts from then). What is
// done in the warm-up does not count. Scenarios add their connections and run it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "bench/load/arrivals.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/window.hpp"
#include "bench/wire/reactor.hpp"

namespace iothub::bench {

// A connection that can be asked for one more request.
class requester {
public:
    virtual ~requester() = default;

    // Prepares the request; flush() sends what was prepared.
    virtual void request(std::uint16_t number) = 0;
    virtual void flush() = 0;

    window waiting;
};

struct load_settings {
    std::size_t window = 1;
    double rate = 0; // per second, of all connections together; 0: closed loop
    double seconds = 2;
    double warm_up = 0.5;
    std::uint64_t requests = 0; // closed loop ends when so many were answered; 0: when time is over
    int server = 0;             // the process whose processor time is measured; 0: none
    // What counts in place of completed requests: messages that reached a reader.
    std::function<std::uint64_t()> counter = {};
};

struct load_result {
    double per_second = 0;
    double p50_us = 0;
    double p99_us = 0;
    double busy = 0; // processor time of the server, as a share of the time that passed
};

class load {
public:
    load(reactor& loop, load_settings settings)
        : loop_(loop)
        , settings_(std::move(settings)) {}

    // Ready to be asked.
    void joined(requester& one) { members_.push_back(&one); }
    std::size_t members() const { return members_.size(); }

    // Request `number` of `one` was answered.
    void answered(requester& one, std::uint16_t number);

    // With everybody who joined.
    load_result run();

private:
    using time = std::chrono::steady_clock::time_point;

    void run_for(double seconds);
    void send_due();
    void ask(requester& one, time due);
    bool may_ask() const { return settings_.requests == 0 || asked_ < settings_.requests; }
    bool over() const { return settings_.requests != 0 && answered_ >= settings_.requests; }
    std::uint64_t done() const { return settings_.counter ? settings_.counter() : answered_; }

    reactor& loop_;
    load_settings settings_;
    std::vector<requester*> members_;
    std::size_t turn_ = 0;
    std::optional<arrivals> arrivals_;
    histogram latencies_;
    std::uint64_t asked_ = 0;
    std::uint64_t answered_ = 0;
    bool measuring_ = false;
};

} // namespace iothub::bench
