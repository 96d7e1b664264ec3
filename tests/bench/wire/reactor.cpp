#include "bench/wire/reactor.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace iothub::bench {

reactor::reactor()
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

reactor::~reactor() {
    ::close(epoll_);
}

void reactor::watch(int descriptor, watcher& who) {
    epoll_event wanted{};
    wanted.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    wanted.data.ptr = &who;
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &wanted) != 0) {
        throw std::runtime_error("epoll takes no more descriptors");
    }
}

void reactor::run_once(std::chrono::steady_clock::time_point limit) {
    const auto left = std::max(limit - std::chrono::steady_clock::now(),
                               std::chrono::steady_clock::duration::zero());
    const timespec patience{left.count() / 1'000'000'000, left.count() % 1'000'000'000};
    std::array<epoll_event, 64> events;
    const int count = ::epoll_pwait2(epoll_, events.data(), events.size(), &patience, nullptr);
    for (int i = 0; i < count; ++i) {
        static_cast<watcher*>(events[static_cast<std::size_t>(i)].data.ptr)->ready();
    }
}

void reactor::fail_after(std::chrono::steady_clock::time_point limit) {
    if (std::chrono::steady_clock::now() >= limit) {
        throw std::runtime_error("the server does not answer");
    }
}

} // namespace iothub::bench
