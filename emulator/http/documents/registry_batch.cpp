#include "emulator/http/documents/registry_batch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/json.hpp"
#include "emulator/core/registry/identity_request.hpp"

namespace iothub::http {

std::string shown(const identity_key& key) {
    return core::validate_ids(key) ? key.text() : "an id that cannot be";
}

result<> check_batch_size(std::size_t count) {
    if (count == 0) {
        return error{errc::argument_invalid, "There must be at least one device."};
    }
    if (count > max_batch) {
        return error{errc::too_many_devices,
                     fmt::format("There are {} devices, and at most {} are allowed in one call.",
                                 count, max_batch)};
    }
    return {};
}

result<> check_distinct(std::vector<identity_key> keys) {
    std::ranges::sort(keys);
    const auto twice = std::ranges::adjacent_find(keys);
    if (twice == keys.end()) {
        return {};
    }
    return error{errc::device_defined_multiple_times,
                 fmt::format("'{}' is there more than once.", shown(*twice))};
}

json failure_document(std::string_view id_name, const identity_key& key, const error& e) {
    json failure{{id_name, key.device_id}};
    if (key.is_module()) {
        failure["moduleId"] = key.module_id;
    }
    failure["errorCode"] = symbolic_name(e.code);
    failure["errorStatus"] = e.message.empty() ? std::string(symbolic_name(e.code)) : e.message;
    return failure;
}

} // namespace iothub::http
