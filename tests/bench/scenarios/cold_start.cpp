#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/identities.hpp"
#include "bench/scenarios/scenarios.hpp"
#include "bench/scenarios/sessions.hpp"

namespace iothub::bench {

namespace {

using steady = std::chrono::steady_clock;

// Ends the command with SIGTERM.
class child {
public:
    explicit child(std::vector<std::string> command) {
        std::vector<char*> words;
        for (std::string& word : command) {
            words.push_back(word.data());
        }
        words.push_back(nullptr);
        if (::posix_spawnp(&pid_, words.front(), nullptr, nullptr, words.data(), environ) != 0) {
            throw std::runtime_error("cannot run " + command.front());
        }
    }
    ~child() {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;

private:
    pid_t pid_ = 0;
};

tcp_socket connect_soon(std::uint16_t port) {
    const auto limit = steady::now() + std::chrono::minutes(2);
    for (;;) {
        tcp_socket made = tcp_socket::connect(port);
        if (made || steady::now() > limit) {
            return made;
        }
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
}

} // namespace

void cold_start(const arguments& given) {
    const mqtt_login who = login_at(given.text("target"), 0);
    reactor loop;
    const auto start = steady::now();
    const child server(given.command());
    session_user user(loop, connect_soon(given.port()), who);
    loop.run_until([&] { return user.established(); });
    print_ms(std::chrono::duration<double, std::milli>(steady::now() - start).count());
}

} // namespace iothub::bench
