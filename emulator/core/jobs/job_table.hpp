#pragma once
// The jobs that the hub knows, active and ended: in memory as they stand, and as records of the
// store, what was asked of each in a record of its own. Used by job_service alone.

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "emulator/core/jobs/job.hpp"
#include "emulator/core/jobs/job_request.hpp"

namespace iothub::core {

class store;

class job_table {
public:
    using jobs = std::map<std::string, job, std::less<>>;

    // Reads what is kept. Throws store_fault.
    job_table(core::store& store, timestamp now);

    // Reads it anew. A record that says nothing sensible counts as a job that failed `now`.
    void load(timestamp now);

    const jobs& all() const { return jobs_; }
    job* find(std::string_view id); // null where there is none
    std::size_t active() const;

    job& add(const job_request& asked, timestamp now);
    void keep(const job& changed);
    void remove(const std::string& id);
    void clear(); // with the rows of devices

    // Throws store_fault. Empty where it says nothing sensible.
    job_definition definition(std::string_view id);

private:
    core::store& store_;
    jobs jobs_;
};

} // namespace iothub::core
