#pragma once
// What operations on many identities at once have in common (service API §1.5; rows R09, R13): how
// many there may be, none of them twice, and how each failure is told. Used by api/bulk and
// api/key_regeneration.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::http {

inline constexpr std::size_t max_batch = 100;

// The identity's name for messages and logs: what cannot be an id is not repeated.
std::string shown(const identity_key& key);

// argument_invalid for none, too_many_devices for more than max_batch.
result<> check_batch_size(std::size_t count);

// device_defined_multiple_times.
result<> check_distinct(std::vector<identity_key> keys);

// `{"<id_name>":"d","moduleId":"m","errorCode":"DeviceNotFound","errorStatus":text}`, without
// moduleId for a device.
json failure_document(std::string_view id_name, const identity_key& key, const error& e);

} // namespace iothub::http
