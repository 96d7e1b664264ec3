#include "emulator/amqp/nodes/service/c2d_target.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "emulator/amqp/address.hpp"

namespace iothub::amqp {

namespace {

std::optional<device_address> target_of(std::string_view to) {
    const address read = parse_address(to);
    const auto* device = std::get_if<device_address>(&read.target);
    if (device == nullptr || device->what != device_node::device_bound) {
        return std::nullopt;
    }
    return *device;
}

} // namespace

std::vector<identity_key> c2d_targets(std::string_view to) {
    const auto target = target_of(to);
    if (!target) {
        return {};
    }
    std::vector<identity_key> all{target->key};
    if (target->literally) {
        all.push_back(*target->literally);
    }
    std::string spaced(to);
    std::ranges::replace(spaced, '+', ' ');
    const auto with_spaces = target_of(spaced);
    if (with_spaces && with_spaces->key != target->key) {
        all.push_back(with_spaces->key);
    }
    return all;
}

} // namespace iothub::amqp
