#pragma once
// What messages in either direction have in common as JSON.

#include <string>

#include "common/json_fwd.hpp"
#include "common/property_bag.hpp"

namespace iothub::management {

// An object; null for a property without a value.
json bag_document(const property_bag& bag);

// null where the bytes are not UTF-8.
json text_document(const std::string& bytes);

} // namespace iothub::management
