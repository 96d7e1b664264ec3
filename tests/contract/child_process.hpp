#pragma once
// A forked copy of the test that does one thing, and a pipe by which it reports numbers.

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>

namespace iothub::testing {

class child_process {
public:
    using report = std::function<void(std::uint64_t)>;

    // Runs `work` in the child, which ends when it returns or throws.
    explicit child_process(const std::function<void(const report&)>& work) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) {
            throw std::runtime_error("no pipe");
        }
        pid_ = ::fork();
        if (pid_ == 0) {
            ::close(ends[0]);
            run(work, ends[1]);
        }
        ::close(ends[1]);
        reports_ = ends[0];
    }
    ~child_process() {
        kill();
        ::close(reports_);
    }
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;

    pid_t pid() const { return pid_; }

    // The next number, or nothing where the child has ended or says nothing for 20 s.
    std::optional<std::uint64_t> next_report() {
        pollfd waiting{reports_, POLLIN, 0};
        std::uint64_t number = 0;
        if (::poll(&waiting, 1, 20'000) != 1 ||
            ::read(reports_, &number, sizeof number) != sizeof number) {
            return std::nullopt;
        }
        return number;
    }

    // kill -9, and waits for the end; what was reported before can still be read.
    void kill() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
            pid_ = -1;
        }
    }

private:
    [[noreturn]] static void run(const std::function<void(const report&)>& work, int out) {
        try {
            work([out](std::uint64_t number) {
                if (::write(out, &number, sizeof number) != sizeof number) {
                    ::_exit(1);
                }
            });
        } catch (...) {
            ::_exit(1);
        }
        ::_exit(0);
    }

    pid_t pid_ = -1;
    int reports_ = -1;
};

} // namespace iothub::testing
