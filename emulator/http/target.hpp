#pragma once
// The target of a request: its path in decoded segments and its query (service API §1.1).

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/result.hpp"

namespace iothub::http {

struct target {
    std::vector<std::string> path; // "/devices/my%20d/?…" gives {"devices", "my d"}
    std::vector<std::pair<std::string, std::string>> query;

    // The first value of that name, in any case, or null.
    const std::string* find(std::string_view name) const;
};

// Each segment is decoded once; a slash at the end counts for nothing. A path that was encoded as a
// whole ("/devices%2Fd", Azure IoT Explorer) is decoded first and split then.
// generic_bad_request where an escape is malformed or hides a control character, and where there is
// a '#', which no client may send (RFC 9112 §3.2).
result<target> parse_target(std::string_view text);

} // namespace iothub::http
