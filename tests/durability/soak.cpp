// The writers of kill_rounds at a hub that lives: they work for a while, stop, and are compared
// with what the hub has; then it is measured. Again and again: it must have lost nothing, and from
// the first third of the cycles on it must not have grown. See docs/bounds.md.
//
//   soak [CYCLES] [--cycle-seconds N] [--seed N]
//
// Exit code 1 where the hub broke its promise or grew.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "durability/process_size.hpp"
#include "durability/program.hpp"
#include "durability/workloads.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace iothub;
using namespace iothub::durability;
using clock_type = std::chrono::steady_clock;

// What caches and files of telemetry may still take and give back behind the first third.
constexpr std::uint64_t allowed_bytes = 8 << 20;
constexpr std::uint64_t allowed_descriptors = 16;

struct settings {
    std::uint64_t cycles = 250;
    std::uint64_t cycle_seconds = 4; // telemetry that is trimmed meanwhile would be missed
    std::uint64_t seed = static_cast<std::uint64_t>(clock_type::now().time_since_epoch().count());
};

void write(workload& work, const hub_access& hub, const std::atomic<bool>& over, findings& found) {
    try {
        work.write(hub, over);
    } catch (const std::exception& failure) {
        found.add(work.name() + ": " + failure.what());
    }
}

class soak {
public:
    soak(const std::filesystem::path& folder, const settings& wanted)
        : wanted_(wanted)
        , random_(wanted.seed)
        , works_(make_workloads(hub_life::goes_on, std::ref(random_)))
        , hub_(folder) {
        for (const auto& work : works_) {
            work->prepare(hub_access(hub_));
        }
    }

    void run(findings& found) {
        for (std::uint64_t cycle = 1; cycle <= wanted_.cycles; ++cycle) {
            write_all(found);
            for (const auto& work : works_) {
                found.begin_part();
                work->check(hub_access(hub_), found);
            }
            measure(cycle);
        }
        check_growth(found);
        found.expect(hub_.terminate() == 0, "the hub did not end by itself");
    }

private:
    // They end one after the other, from the last: a reader hears that it is over with what it
    // reads.
    void write_all(findings& found) {
        std::deque<std::atomic<bool>> over(works_.size());
        std::vector<std::thread> writers;
        for (std::size_t i = 0; i < works_.size(); ++i) {
            writers.emplace_back(
                [&, i, access = hub_access(hub_)] { write(*works_[i], access, over[i], found); });
        }
        std::this_thread::sleep_for(std::chrono::seconds(wanted_.cycle_seconds));
        for (std::size_t i = works_.size(); i-- > 0;) {
            over[i] = true;
            writers[i].join();
        }
    }

    void measure(std::uint64_t cycle) {
        sizes_.push_back(size_of_process(hub_.pid()));
        std::uint64_t acknowledged = 0;
        for (const auto& work : works_) {
            acknowledged += work->acknowledged();
        }
        std::printf("cycle %llu: %llu acknowledged so far; %llu KiB, %llu descriptors, %llu "
                    "threads\n",
                    static_cast<unsigned long long>(cycle),
                    static_cast<unsigned long long>(acknowledged),
                    static_cast<unsigned long long>(sizes_.back().private_bytes / 1024),
                    static_cast<unsigned long long>(sizes_.back().descriptors),
                    static_cast<unsigned long long>(sizes_.back().threads));
        std::fflush(stdout);
    }

    // The last third beside the second one, by what each held least: what is in use for a moment
    // only does not count. In few cycles caches still fill.
    void check_growth(findings& found) const {
        const std::size_t third = sizes_.size() / 3;
        if (third == 0) {
            return;
        }
        const process_size before = least(third, 2 * third);
        const process_size after = least(2 * third, sizes_.size());
        found.expect(third < 2 || after.private_bytes <= before.private_bytes + allowed_bytes,
                     "memory grew from " + std::to_string(before.private_bytes) + " to " +
                         std::to_string(after.private_bytes) + " bytes");
        found.expect(after.descriptors <= before.descriptors + allowed_descriptors,
                     "more descriptors are open");
        found.expect(after.threads <= before.threads, "there are more threads");
    }

    process_size least(std::size_t first, std::size_t last) const {
        process_size found = sizes_[first];
        for (std::size_t i = first + 1; i < last; ++i) {
            found.private_bytes = std::min(found.private_bytes, sizes_[i].private_bytes);
            found.descriptors = std::min(found.descriptors, sizes_[i].descriptors);
            found.threads = std::min(found.threads, sizes_[i].threads);
        }
        return found;
    }

    settings wanted_;
    std::mt19937_64 random_;
    std::vector<std::unique_ptr<workload>> works_;
    test::hub_process hub_;
    std::vector<process_size> sizes_;
};

int run(const settings& wanted) {
    std::printf("seed %llu\n", static_cast<unsigned long long>(wanted.seed));
    const test::temporary_folder folder;
    findings found;
    soak(folder.path(), wanted).run(found);
    std::printf("%zu findings\n", found.count());
    return found.count() == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    return run_program([&] {
        settings wanted;
        read_arguments(argc, argv,
                       {{"", wanted.cycles},
                        {"--cycle-seconds", wanted.cycle_seconds},
                        {"--seed", wanted.seed}},
                       "soak [CYCLES] [--cycle-seconds N] [--seed N]");
        return run(wanted);
    });
}
