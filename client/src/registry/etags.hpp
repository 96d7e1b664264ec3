#pragma once
// Etags as they are in documents and as they are in header fields, where they are quoted (service
// API §1.2).

#include <string>
#include <string_view>

#include "iothub/etag.hpp"

namespace iothub::client {

// What an identity's or a configuration's etag stands for as a condition: none where it is empty.
std::string_view condition(std::string_view etag);

// For If-Match. argument_invalid for a character that no etag has.
std::string quoted(std::string_view etag);

// Of the field ETag; empty where there is none.
std::string unquoted(std::string_view field);

} // namespace iothub::client
