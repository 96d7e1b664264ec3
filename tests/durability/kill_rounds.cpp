// kill -9 at random moments, with four kinds of writers at work: what the hub acknowledged is there
// after its restart, what was under way is there whole or not at all, and no version, etag,
// sequence number or offset repeats or goes back. See docs/durability.md.
//
//   kill_rounds [ROUNDS] [--seed N] [--rounds-per-folder N]
//
// Exit code 1 where the hub broke its promise; the data folder is kept then.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "durability/data_folder.hpp"
#include "durability/program.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace iothub;
using clock_type = std::chrono::steady_clock;

struct settings {
    std::uint64_t rounds = 5;
    std::uint64_t rounds_per_folder = 10;
    std::uint64_t seed = static_cast<std::uint64_t>(clock_type::now().time_since_epoch().count());
};

using tally = std::map<std::string, std::uint64_t>; // acknowledged, by the kind of writer

tally count(const durability::data_folder& folder) {
    tally sums;
    for (const auto& work : folder.workloads()) {
        sums[work->name()] += work->acknowledged();
    }
    return sums;
}

void print_round(std::uint64_t number, const durability::data_folder& folder, const tally& before) {
    std::string text;
    for (const auto& [name, sum] : count(folder)) {
        const auto earlier = before.find(name);
        text += "  " + name + " " +
                std::to_string(sum - (earlier == before.end() ? 0 : earlier->second));
    }
    std::printf("round %llu: killed after %lld ms%s, acknowledged:%s\n",
                static_cast<unsigned long long>(number),
                static_cast<long long>(folder.killed_after().count()),
                folder.start_was_killed() ? " and again at its start" : "", text.c_str());
    std::fflush(stdout);
}

// The rounds of one folder; adds to `sums`.
void run_folder(const std::filesystem::path& place, std::uint64_t first, std::uint64_t last,
                const settings& wanted, durability::findings& found, tally& sums) {
    durability::data_folder folder(place, (first - 1) / wanted.rounds_per_folder, wanted.seed);
    for (std::uint64_t round = first; round <= last; ++round) {
        const tally before = count(folder);
        folder.run_round(found);
        print_round(round, folder, before);
    }
    folder.check_all(found);
    for (const auto& [name, sum] : count(folder)) {
        sums[name] += sum;
    }
}

void print_sums(const tally& sums, std::size_t faults, clock_type::duration took,
                std::uint64_t rounds) {
    std::printf(
        "\n%llu rounds in %lld s; acknowledged:\n", static_cast<unsigned long long>(rounds),
        static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(took).count()));
    std::uint64_t all = 0;
    for (const auto& [name, sum] : sums) {
        std::printf("%10llu  %s\n", static_cast<unsigned long long>(sum), name.c_str());
        all += sum;
    }
    std::printf("%10llu  together\n%10zu  findings\n", static_cast<unsigned long long>(all),
                faults);
}

int run(const settings& wanted) {
    std::printf("seed %llu\n", static_cast<unsigned long long>(wanted.seed));
    const auto began = clock_type::now();
    durability::findings found;
    tally sums;
    for (std::uint64_t first = 1; first <= wanted.rounds; first += wanted.rounds_per_folder) {
        auto folder = std::make_unique<test::temporary_folder>();
        const std::uint64_t last = std::min(first + wanted.rounds_per_folder - 1, wanted.rounds);
        try {
            run_folder(folder->path(), first, last, wanted, found, sums);
        } catch (const std::runtime_error& failure) { // as where the hub does not start
            found.add(failure.what());
        }
        if (found.count() != 0) {
            std::printf("the data folder is kept: %s\n", folder.release()->path().c_str());
            break;
        }
    }
    print_sums(sums, found.count(), clock_type::now() - began, wanted.rounds);
    return found.count() == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    return durability::run_program([&] {
        settings wanted;
        durability::read_arguments(argc, argv,
                                   {{"", wanted.rounds},
                                    {"--rounds-per-folder", wanted.rounds_per_folder},
                                    {"--seed", wanted.seed}},
                                   "kill_rounds [ROUNDS] [--seed N] [--rounds-per-folder N]");
        return run(wanted);
    });
}
