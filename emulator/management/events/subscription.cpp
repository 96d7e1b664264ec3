#include "emulator/management/events/subscription.hpp"

#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <iterator>
#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/management/events/document.hpp"

namespace iothub::management {

namespace {

constexpr std::chrono::seconds heartbeat_interval{15};
constexpr std::size_t piece_size = 64 * 1024;

} // namespace

event_subscription::event_subscription(core::hub& hub, event_reader reader)
    : hub_(hub)
    , reader_(std::move(reader)) {
    set_heartbeat();
}

std::optional<std::string> event_subscription::next() {
    if (ended_) {
        return std::nullopt;
    }
    try {
        std::string piece = events();
        if (piece.empty() && heartbeat_due_) {
            piece = ":\n\n";
        }
        if (!piece.empty()) {
            set_heartbeat();
        }
        return piece;
    } catch (const std::exception& failure) { // core::store_fault among them
        hub_.journal().write(log_level::error, "management", failure.what());
        ended_ = true;
        return std::nullopt;
    }
}

std::string event_subscription::events() {
    std::string piece;
    reader_.look_again();
    while (piece.size() < piece_size) {
        const auto e = reader_.next();
        if (!e) {
            break;
        }
        fmt::format_to(std::back_inserter(piece), "id: {}\nevent: telemetry\ndata: {}\n\n",
                       reader_.place().text(), event_text(*e));
    }
    return piece;
}

void event_subscription::deadline_passed() {
    set_heartbeat();
    heartbeat_due_ = true;
    wake();
}

void event_subscription::end(bool) {
    ended_ = true;
    wake();
}

bool event_subscription::over() const {
    const auto client = client_.lock();
    return ended_ || !client || client->ended();
}

void event_subscription::set_heartbeat() {
    heartbeat_ = hub_.time().now() + heartbeat_interval;
    heartbeat_due_ = false;
}

void event_subscription::wake() {
    if (const auto client = client_.lock()) {
        client->wake();
    }
}

} // namespace iothub::management
