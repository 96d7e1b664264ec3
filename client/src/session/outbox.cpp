#include "client/src/session/outbox.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>
#include <vector>

#include "client/src/error_response.hpp"

namespace iothub::client {

namespace {

std::optional<std::uint64_t> parse_id(const std::string& text) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [parsed_to, failure] = std::from_chars(text.data(), end, value);
    return failure == std::errc{} && parsed_to == end ? std::optional(value) : std::nullopt;
}

} // namespace

void outbox::add(operation added) {
    if (waiting_.size() + sent_.size() >= limit) {
        added.done(hub_error_details{.kind = hub_error_kind::quota_exceeded,
                                     .message = "1000 operations are waiting already"});
        return;
    }
    waiting_.emplace_back(next_id_++, std::move(added));
}

const operation* outbox::front() const {
    return waiting_.empty() ? nullptr : &waiting_.front().second;
}

std::string outbox::front_request_id() const {
    return std::to_string(waiting_.front().first);
}

void outbox::front_sent(std::optional<int> packet_id) {
    if (packet_id) {
        by_packet_id_[*packet_id] = waiting_.front().first;
    }
    sent_.insert(std::move(waiting_.front()));
    waiting_.pop_front();
}

void outbox::complete_front() {
    const operation finished = std::move(waiting_.front().second);
    waiting_.pop_front();
    finished.done(answer{});
}

void outbox::acknowledged(int packet_id) {
    const auto found = by_packet_id_.find(packet_id);
    if (found != by_packet_id_.end()) {
        const id finished = found->second;
        by_packet_id_.erase(found);
        finish_sent(finished, answer{});
    }
}

void outbox::answered(const topics::twin_response& response, std::string payload) {
    const auto finished = parse_id(response.request_id);
    if (!finished) {
        return;
    }
    if (response.status >= 300) {
        finish_sent(*finished,
                    read_error({.status = response.status, .symbolic_code = {}, .body = payload}));
    } else {
        finish_sent(*finished, answer{response.version, std::move(payload)});
    }
}

void outbox::finish_sent(id finished, outcome result) {
    const auto found = sent_.find(finished);
    if (found != sent_.end()) {
        const operation ended = std::move(found->second);
        sent_.erase(found);
        ended.done(std::move(result));
    }
}

void outbox::unsend() {
    by_packet_id_.clear();
    std::for_each(sent_.rbegin(), sent_.rend(), [this](auto& entry) {
        waiting_.emplace_front(entry.first, std::move(entry.second));
    });
    sent_.clear();
}

// Takes all of them out before the first is told, since that may add another.
template <class Condition>
void outbox::fail_if(const Condition& condition, const hub_error_details& error) {
    std::map<id, operation> failed;
    for (auto i = sent_.begin(); i != sent_.end();) {
        const auto next = std::next(i);
        if (condition(i->second)) {
            failed.insert(sent_.extract(i));
        }
        i = next;
    }
    for (auto& entry : waiting_) {
        if (condition(entry.second)) {
            failed.insert(std::move(entry));
        }
    }
    std::erase_if(waiting_, [&](const auto& entry) { return failed.contains(entry.first); });
    std::erase_if(by_packet_id_, [&](const auto& entry) { return failed.contains(entry.second); });
    for (const auto& entry : failed) {
        entry.second.done(error);
    }
}

void outbox::expire(time_point now, const std::string& reason) {
    fail_if([now](const operation& o) { return o.deadline <= now; },
            {.kind = hub_error_kind::time_out, .message = reason});
}

void outbox::fail_all(const hub_error_details& error) {
    fail_if([](const operation&) { return true; }, error);
}

void outbox::fail_requests(const hub_error_details& error) {
    fail_if([](const operation& o) { return o.kind != operation_kind::message; }, error);
}

std::optional<outbox::time_point> outbox::next_deadline() const {
    std::optional<time_point> next;
    const auto consider = [&](const auto& entry) {
        next = std::min(next.value_or(entry.second.deadline), entry.second.deadline);
    };
    std::ranges::for_each(waiting_, consider);
    std::ranges::for_each(sent_, consider);
    return next;
}

} // namespace iothub::client
