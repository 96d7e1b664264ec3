#pragma once
// The program iothub-emulator as a child process: what it printed, how it ended, its ready file.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace iothub::test {

// What a program that ends by itself printed.
struct outcome {
    int exit_code = -1;
    std::string output;
    std::string errors;
};

// Runs the program to its end (at most 30 s), behind another one such as `timeout 2` where `prefix`
// says so.
outcome run_program(const std::vector<std::string>& arguments,
                    const std::vector<std::string>& environment = {},
                    const std::vector<std::string>& prefix = {});

// Whether a program started behind `prefix` may bind a port below 1024, or `prefix` does not work.
bool can_bind_low_ports(const std::vector<std::string>& prefix);

// A hub that runs on free ports until it is stopped or the object goes.
class hub_process {
public:
    // Throws std::runtime_error with what the program printed where it does not become ready.
    explicit hub_process(const std::filesystem::path& folder,
                         std::vector<std::string> options = {});
    ~hub_process();
    hub_process(const hub_process&) = delete;
    hub_process& operator=(const hub_process&) = delete;

    const nlohmann::json& ready() const { return ready_; }
    const std::string& first_line() const { return first_line_; } // of standard output
    std::string connection_string() const { return ready_.at("connectionString"); }
    std::string ca_file() const { return ready_.at("caFile"); }
    pid_t pid() const { return pid_; }

    void kill();     // SIGKILL, and waits for the end
    int terminate(); // SIGTERM; the exit code, or -1 where it had to be killed
    int wait();      // the same for one that ends by itself

private:
    std::filesystem::path folder_;
    pid_t pid_ = -1;
    nlohmann::json ready_;
    std::string first_line_;
};

} // namespace iothub::test
