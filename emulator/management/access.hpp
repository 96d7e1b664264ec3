#pragma once
// Who may see the management pages, which hand out keys: a browser that was led here by a foreign
// name (DNS rebinding) or by a foreign page may not (reliability specification §1).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/http_codec/request.hpp"

namespace iothub::management {

// Why the request is refused, or nothing. Host must be a loopback address, localhost or one of
// `host_names`, with or without a port; Origin, where there is one, must be the same place.
std::optional<std::string> find_objection(const http_codec::request& asked,
                                          const std::vector<std::string>& host_names);

} // namespace iothub::management
