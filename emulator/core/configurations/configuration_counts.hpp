#pragma once
// How many twins a configuration targets and was applied to (systemMetrics, service API §1.5): kept
// as a record of the store beside each configuration, and moved by each evaluation of a device.

#include <cstdint>
#include <optional>
#include <string>

namespace iothub::core {

class store;
struct configuration;

// Of a device, or of a whole configuration.
struct evaluation_counts {
    std::uint64_t targeted = 0;
    std::uint64_t applied = 0;
    std::uint64_t succeeded = 0; // deployments: $edgeAgent reports that it did what it was told
    std::uint64_t failed = 0;    // deployments: or that it could not

    bool operator==(const evaluation_counts&) const = default;
};

class configuration_counts {
public:
    explicit configuration_counts(core::store& store)
        : store_(store) {}

    // Nothing until every device was looked at once.
    std::optional<evaluation_counts> find(const std::string& id);

    // A device's share was `before` and is `now`.
    void move(const std::string& id, const evaluation_counts& before, const evaluation_counts& now);

    // Every device was looked at.
    void complete(const std::string& id);

    void forget(const std::string& id);
    void clear();

private:
    struct kept {
        bool complete = false;
        evaluation_counts counts;
    };

    kept read(const std::string& id);
    void write(const std::string& id, const kept& value);

    core::store& store_;
};

} // namespace iothub::core
