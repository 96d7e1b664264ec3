#pragma once
// Who may use the management port, which hands out keys and empties hubs: a browser that was led
// here by a foreign name (DNS rebinding) or by a foreign page may not (reliability specification
// §1). Programs that are no browsers say nothing of where they come from, and may.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/http_codec/request.hpp"

namespace iothub::management {

// Why the request is refused, or nothing. Host must be a loopback address, localhost or one of
// `host_names`, with or without a port; Origin, where there is one, must be the same place, and
// Sec-Fetch-Site must say so too. (Browsers send one or both with whatever a page of another site
// makes them write, forms and "simple" requests included.)
std::optional<std::string> find_objection(const http_codec::request& asked,
                                          const std::vector<std::string>& host_names);

// Whether the request does more than read.
bool changes_something(const http_codec::request& asked);

} // namespace iothub::management
