#pragma once
// Which devices are to be evaluated next: those that changed, and all of them, one after the other,
// when a configuration has changed. Kept in memory: after a restart all are looked at once.

#include <optional>
#include <set>
#include <string>

namespace iothub::core {

class evaluation_queue {
public:
    void add_device(const std::string& device_id) { changed_.insert(device_id); }
    void remove_device(const std::string& device_id) { changed_.erase(device_id); }

    // The device that changed, taken out; nothing where there is none.
    std::optional<std::string> take_device();

    // Every device is to be looked at for that configuration. A round that is under way goes on to
    // its end, and another one follows.
    void add_configuration(const std::string& id) { waiting_.insert(id); }

    bool has_devices() const { return !changed_.empty(); }
    bool in_round() const { return !round_.empty() || !waiting_.empty(); }
    bool idle() const { return !has_devices() && !in_round(); }

    // The round's place: devices behind it are next.
    const std::string& position();
    void move_to(std::string device_id) { position_ = std::move(device_id); }

    // All devices were looked at: for which configurations.
    std::set<std::string> end_round();

    void clear() { *this = {}; }

private:
    std::set<std::string> changed_;
    std::set<std::string> round_;   // whom the round is for that is under way
    std::set<std::string> waiting_; // and the next one
    std::string position_;
};

} // namespace iothub::core
