#pragma once
// One kind of writer: it writes until the hub is gone, keeps what the hub acknowledged with what it
// promised, and compares that with what the hub has after its restart. data_folder runs each on a
// thread of its own.

#include <atomic>
#include <cstdint>
#include <string>

#include "durability/findings.hpp"
#include "durability/hub_access.hpp"

namespace iothub::durability {

// Whether the hub is restarted before a check: then no message is locked any more.
enum class hub_life { ends, goes_on };

class workload {
public:
    virtual ~workload() = default;

    virtual std::string name() const = 0; // "twins reported (MQTT)"

    // Makes what the writers need, such as devices, where the folder is fresh.
    virtual void prepare(const hub_access&) {}

    // Until `gone`. Throws a hub_error where a call failed; what was under way then is in doubt.
    virtual void write(const hub_access& hub, const std::atomic<bool>& gone) = 0;

    // What the restarted hub has is taken for granted from then on.
    virtual void check(const hub_access& hub, findings& found) = 0;

    // The same after the last round on a folder, for what is too much for every round.
    virtual void check_all(const hub_access& hub, findings& found) { check(hub, found); }

    std::uint64_t acknowledged() const { return acknowledged_; } // by this folder's hub so far

protected:
    void count_acknowledged() { ++acknowledged_; }

private:
    std::atomic<std::uint64_t> acknowledged_ = 0;
};

} // namespace iothub::durability
