#include "durability/data_folder.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <functional>
#include <map>
#include <thread>
#include <utility>

#include "durability/workloads.hpp"

extern char** environ;

namespace iothub::durability {

namespace {

using namespace std::chrono_literals;

constexpr auto longest_delay = 1000ms;
constexpr auto longest_wait = 5s;     // for every writer's first acknowledgement
constexpr auto longest_start = 120ms; // some are ready by then, some are not

// Whether the hub was about to be killed when a writer's call failed, and whether it is gone.
struct ending {
    std::atomic<bool> begins = false;
    std::atomic<bool> gone = false;
};

// The hub's end fails the writer's call; nothing else may.
void write(workload& work, const hub_access& hub, const ending& end, findings& found) {
    try {
        work.write(hub, end.gone);
    } catch (const hub_error& failure) {
        const bool lost =
            failure.kind() == hub_error_kind::network || failure.kind() == hub_error_kind::time_out;
        found.expect(lost && end.begins, work.name() + ": refused: " + failure.what());
    } catch (const std::exception& failure) {
        found.add(work.name() + ": " + failure.what());
    }
}

} // namespace

data_folder::data_folder(std::filesystem::path place, std::uint64_t number, std::uint64_t seed)
    : place_(std::move(place))
    , random_(seed + number)
    , workloads_(make_workloads(hub_life::ends, std::ref(random_))) {
    if (number % 2 != 0) {
        options_ = {"--durability", "power"};
    }
}

void data_folder::run_round(findings& found) {
    {
        test::hub_process hub(place_, options_);
        if (std::exchange(fresh_, false)) {
            for (const auto& work : workloads_) {
                work->prepare(hub_access(hub));
            }
        }
        write_until_killed(hub, found);
    }
    start_was_killed_ = random_() % 3 == 0;
    if (start_was_killed_) {
        kill_a_start();
    }
    test::hub_process hub(place_, options_);
    for (const auto& work : workloads_) {
        found.begin_part();
        work->check(hub_access(hub), found);
    }
    hub.kill();
}

void data_folder::write_until_killed(test::hub_process& hub, findings& found) {
    ending end;
    std::vector<std::thread> writers;
    const auto began = std::chrono::steady_clock::now();
    for (const auto& work : workloads_) {
        writers.emplace_back([&, access = hub_access(hub)] { write(*work, access, end, found); });
    }
    wait_for_the_moment();
    killed_after_ = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    end.begins = true;
    hub.kill();
    end.gone = true;
    for (std::thread& writer : writers) {
        writer.join();
    }
}

// Mostly when all are at work; sometimes while they still connect.
void data_folder::wait_for_the_moment() {
    std::map<const workload*, std::uint64_t> before;
    for (const auto& work : workloads_) {
        before[work.get()] = work->acknowledged();
    }
    const auto all_at_work = [&] {
        return std::ranges::all_of(
            before, [](const auto& one) { return one.first->acknowledged() > one.second; });
    };
    const auto deadline = std::chrono::steady_clock::now() + longest_wait;
    if (random_() % 5 != 0) {
        while (!all_at_work() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(1ms);
        }
    }
    std::this_thread::sleep_for(chance(longest_delay));
}

std::chrono::microseconds data_folder::chance(std::chrono::microseconds longest) {
    return std::chrono::microseconds(random_() % static_cast<std::uint64_t>(longest.count()));
}

// A hub that is killed while it recovers, or when it has just done so.
void data_folder::kill_a_start() {
    std::vector<std::string> words = {IOTHUB_EMULATOR_PROGRAM, "run",         "--data-dir",
                                      place_ / "data",         "--log-level", "error"};
    for (const char* port :
         {"--https-port", "--mqtts-port", "--amqps-port", "--amqp-port", "--management-port"}) {
        words.insert(words.end(), {port, "0"});
    }
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    const int failure =
        ::posix_spawn(&pid, arguments.front(), &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failure == 0) {
        std::this_thread::sleep_for(chance(longest_start));
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
}

void data_folder::check_all(findings& found) {
    const test::hub_process hub(place_, options_);
    for (const auto& work : workloads_) {
        found.begin_part();
        work->check_all(hub_access(hub), found);
    }
}

} // namespace iothub::durability
