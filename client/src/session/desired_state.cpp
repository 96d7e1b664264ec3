#include "client/src/session/desired_state.hpp"

#include <algorithm>
#include <utility>

#include "client/src/session/twin_difference.hpp"
#include "common/json.hpp"
#include "common/json_merge_patch.hpp"

namespace iothub::client {

namespace {

constexpr const char* version_name = "$version";
constexpr std::size_t max_kept_back = 1000;

std::int64_t version_of(const json& section) {
    const auto found = section.find(version_name);
    return found != section.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

json without_version(json section) {
    section.erase(version_name);
    return section;
}

} // namespace

desired_state::desired_state() = default;
desired_state::~desired_state() = default;

void desired_state::reconnected() {
    reading_ = known_ != nullptr;
    kept_back_.clear();
}

std::vector<json> desired_state::notified(json patch) {
    std::vector<json> delivered;
    if (!reading_) {
        deliver(std::move(patch), delivered);
    } else if (kept_back_.size() < max_kept_back) {
        kept_back_.push_back(std::move(patch));
    }
    return delivered;
}

std::vector<json> desired_state::read_again(const json& desired) {
    std::vector<json> delivered;
    const std::int64_t read_version = version_of(desired);
    const bool changed_offline = reading_ && read_version != version_;
    if (changed_offline) {
        json patch = difference(*known_, without_version(desired));
        patch[version_name] = read_version;
        delivered.push_back(std::move(patch));
    }
    known_ = std::make_unique<json>(without_version(desired));
    version_ = reading_ ? read_version : std::max(version_, read_version);
    reading_ = false;
    for (json& patch : std::exchange(kept_back_, {})) {
        deliver(std::move(patch), delivered);
    }
    return delivered;
}

// A version that is known already has been delivered. Where the hub tells none, the patch counts.
void desired_state::deliver(json patch, std::vector<json>& delivered) {
    const std::int64_t version = version_of(patch);
    if (version != 0 && version <= version_) {
        return;
    }
    version_ = version;
    if (known_) {
        merge_patch(*known_, without_version(patch));
    }
    delivered.push_back(std::move(patch));
}

} // namespace iothub::client
