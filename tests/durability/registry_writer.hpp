#pragma once
// Creates, updates and removes devices over REST and patches their twins, each change on the
// condition of the etag that the one before was answered with. After a restart every device is
// exactly as it was acknowledged; the one that was being changed is as before or as after.

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "durability/workload.hpp"

namespace iothub::durability {

// What a device and its twin say.
struct device_record {
    std::string generation;
    std::string key;
    std::string reason; // of its status: what updates change
    std::string etag;
    std::string twin_etag;
    std::int64_t twin_version = 0;
    std::int64_t desired_version = 0;
    std::int64_t value = 0; // the patches' number, in tags and desired properties; 0: none yet

    bool operator==(const device_record&) const = default;
};

class registry_writer final : public workload {
public:
    registry_writer(std::string prefix, std::uint64_t seed)
        : prefix_(std::move(prefix))
        , random_(seed) {}

    std::string name() const override { return "identities and twins (REST)"; }
    void write(const hub_access& hub, const std::atomic<bool>& gone) override;
    void check(const hub_access& hub, findings& found) override;

private:
    enum class change { create, update, patch, remove };

    struct change_under_way {
        std::string device_id;
        change what;
        std::int64_t number;
    };

    void do_next(registry_client& registry);
    void acknowledge(registry_client& registry, const change_under_way& wanted);
    void create(registry_client& registry, const change_under_way& wanted);
    void update(registry_client& registry, const change_under_way& wanted);
    void patch(registry_client& registry, const change_under_way& wanted);
    void remove(registry_client& registry, const change_under_way& wanted);
    change_under_way choose();
    void keep_new(const std::string& device_id, const device_record& acknowledged);
    void check_device(registry_client& registry, const std::string& device_id, findings& found);
    void check_in_doubt(const std::optional<device_record>& now, findings& found);
    std::string mistake_of_change(const device_record& now) const;

    std::string prefix_;
    std::mt19937_64 random_;
    std::int64_t number_ = 0;                                     // of the last change
    std::map<std::string, std::optional<device_record>> devices_; // nothing: removed
    std::set<std::string> used_;            // generations, and etags with their generation
    std::optional<change_under_way> doubt_; // not answered
};

} // namespace iothub::durability
