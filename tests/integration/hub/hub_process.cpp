#include "integration/hub/hub_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace iothub::test {

namespace {

constexpr std::chrono::seconds patience{30};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), {}};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (std::string& text : texts) {
        list.push_back(text.data());
    }
    list.push_back(nullptr);
    return list;
}

// `arguments` begin with the program itself, looked for on the path.
pid_t spawn(std::vector<std::string> arguments, const std::vector<std::string>& extra_environment,
            const std::filesystem::path& output, const std::filesystem::path& errors) {
    std::vector<std::string> environment = extra_environment;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        environment.emplace_back(*variable);
    }
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output.c_str(), flags, 0600);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, errors.c_str(), flags, 0600);
    pid_t pid = -1;
    const int failure = ::posix_spawnp(&pid, arguments.front().c_str(), &files, nullptr,
                                       pointers(arguments).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    if (failure != 0) {
        throw std::runtime_error("the program cannot be started");
    }
    return pid;
}

// The exit code, or -1 where the process was killed by a signal or had to be.
int wait_for_end(pid_t pid) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    int status = 0;
    while (::waitpid(pid, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, &status, 0);
            return -1;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool has_ended(pid_t pid) {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == pid;
}

} // namespace

outcome run_program(const std::vector<std::string>& arguments,
                    const std::vector<std::string>& environment,
                    const std::vector<std::string>& prefix) {
    std::vector<std::string> command = prefix;
    command.emplace_back(IOTHUB_EMULATOR_PROGRAM);
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::string name = (std::filesystem::temp_directory_path() / "iothub-run-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(name.data());
    outcome ended;
    ended.exit_code =
        wait_for_end(spawn(command, environment, folder / "output", folder / "errors"));
    ended.output = content_of(folder / "output");
    ended.errors = content_of(folder / "errors");
    std::filesystem::remove_all(folder);
    return ended;
}

bool can_bind_low_ports(const std::vector<std::string>& prefix) {
    const auto tried =
        run_program({"--in-memory", "--host", "127.0.0.78", "--https-port", "1", "--mqtts-port",
                     "0", "--amqps-port", "0", "--amqp-port", "0", "--management-port", "70000"},
                    {}, prefix);
    if (tried.exit_code != 2) {
        return true; // the prefix itself failed
    }
    std::ifstream limit("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    int first = 0;
    limit >> first;
    return first <= 443;
}

hub_process::hub_process(const std::filesystem::path& folder, std::vector<std::string> options)
    : folder_(folder) {
    std::filesystem::create_directories(folder_);
    const std::filesystem::path ready = folder_ / "ready.json";
    options.insert(options.begin(),
                   {IOTHUB_EMULATOR_PROGRAM, "run", "--data-dir", folder_ / "data", "--ready-file",
                    ready, "--https-port", "0", "--mqtts-port", "0", "--amqps-port", "0",
                    "--amqp-port", "0", "--management-port", "0"});
    std::filesystem::remove(ready);
    pid_ = spawn(options, {}, folder_ / "output", folder_ / "errors");
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!content_of(folder_ / "output").ends_with('\n')) {
        if (has_ended(pid_) || std::chrono::steady_clock::now() > deadline) {
            kill();
            throw std::runtime_error("the hub did not become ready: " +
                                     content_of(folder_ / "errors"));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    first_line_ = content_of(folder_ / "output");
    ready_ = nlohmann::json::parse(content_of(ready));
}

hub_process::~hub_process() {
    kill();
}

void hub_process::kill() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
}

int hub_process::terminate() {
    ::kill(pid_, SIGTERM);
    return wait();
}

int hub_process::wait() {
    const int code = wait_for_end(pid_);
    pid_ = -1;
    return code;
}

} // namespace iothub::test
