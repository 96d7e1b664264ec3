#include "client/src/engine/client_loop.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <system_error>
#include <utility>

#include "client/src/net/broken_pipe.hpp"

namespace iothub::client {

namespace {

using std::chrono::steady_clock;

constexpr int longest_wait_ms = 1000; // the MQTT keep-alive is looked after at least so often

int open_wake_descriptor() {
    const int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "eventfd");
    }
    return descriptor;
}

} // namespace

client_loop::client_loop(hub_session& session, std::function<bool()> paused)
    : session_(session)
    , paused_(std::move(paused))
    , wake_descriptor_(open_wake_descriptor())
    , thread_([this] { run(); }) {}

client_loop::~client_loop() {
    stop();
    close(wake_descriptor_);
}

void client_loop::stop() {
    if (!thread_.joinable()) {
        return;
    }
    stopping_ = true;
    wake();
    thread_.join();
    const broken_pipe_guard guard;
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (const command& posted : std::exchange(commands_, {})) {
        posted(session_);
    }
    session_.close();
}

void client_loop::post(command posted) {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) {
            const broken_pipe_guard guard;
            posted(session_);
            session_.close();
            return;
        }
        commands_.push_back(std::move(posted));
    }
    wake();
}

void client_loop::wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(wake_descriptor_, &one, sizeof one);
}

void client_loop::run() {
    const broken_pipe_guard guard;
    while (!stopping_) {
        run_commands();
        session_.advance(steady_clock::now());
        wait();
    }
}

void client_loop::run_commands() {
    std::deque<command> commands;
    {
        const std::lock_guard lock(mutex_);
        commands.swap(commands_);
    }
    for (const command& posted : commands) {
        posted(session_);
    }
}

void client_loop::wait() {
    mqtt_link* link = session_.link();
    std::array<pollfd, 2> waited{{{wake_descriptor_, POLLIN, 0}, {-1, 0, 0}}};
    if (link != nullptr) {
        const int events = (paused_() ? 0 : POLLIN) | (link->wants_write() ? POLLOUT : 0);
        waited[1] = {link->descriptor(), static_cast<short>(events), 0};
    }
    poll(waited.data(), waited.size(), wait_milliseconds());
    if (waited[0].revents != 0) {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = read(wake_descriptor_, &count, sizeof count);
    }
    if (link != nullptr) {
        link->process(waited[1].revents);
    }
}

// Rounded up, so that the deadline has passed when the wait ends.
int client_loop::wait_milliseconds() const {
    const auto deadline = session_.next_deadline();
    if (!deadline) {
        return longest_wait_ms;
    }
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - steady_clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, longest_wait_ms));
}

} // namespace iothub::client
