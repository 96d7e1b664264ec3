#pragma once
// One data folder of a hub through several rounds: start, writers, kill -9 at a moment of chance,
// start again, check. Used by kill_rounds.

#include <chrono>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "durability/findings.hpp"
#include "durability/workload.hpp"

namespace iothub::durability {

class data_folder {
public:
    // `number` of the folder, `seed` of all its chance.
    data_folder(std::filesystem::path place, std::uint64_t number, std::uint64_t seed);

    void run_round(findings& found); // throws where the hub does not start
    void check_all(findings& found);

    const std::vector<std::unique_ptr<workload>>& workloads() const { return workloads_; }
    std::chrono::milliseconds killed_after() const { return killed_after_; }
    bool start_was_killed() const { return start_was_killed_; }
    const std::vector<std::string>& options() const { return options_; } // of the hub

private:
    void write_until_killed(test::hub_process& hub, findings& found);
    void wait_for_the_moment();
    void kill_a_start();
    std::chrono::microseconds chance(std::chrono::microseconds longest);

    std::filesystem::path place_;
    std::mt19937_64 random_;
    std::vector<std::string> options_;
    std::vector<std::unique_ptr<workload>> workloads_;
    std::chrono::milliseconds killed_after_{0};
    bool start_was_killed_ = false;
    bool fresh_ = true;
};

} // namespace iothub::durability
