#pragma once
// What a caller wants an identity to be: the writable members of a device or module document
// (service API §2.1). A write replaces everything; what is not said falls back to its default.

#include <optional>
#include <string>
#include <vector>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"

namespace iothub::core {

struct authentication_request {
    std::optional<authentication_type> type; // nothing: concluded from what is given
    std::string primary_key;                 // empty: not given (Node sends "")
    std::string secondary_key;
    std::optional<std::string> primary_thumbprint;
    std::optional<std::string> secondary_thumbprint;
};

struct identity_request {
    identity_key key;
    bool enabled = true;
    std::optional<std::string> status_reason = {};
    authentication_request authentication;
    bool iot_edge = false;
    std::optional<std::string> device_scope;
    std::vector<std::string> parent_scopes;
    std::optional<std::string> managed_by;
    std::string attributes; // text of a JSON object, or empty

    // A device that becomes an IoT Edge device takes the scope that is given, where it can be its
    // own; else it gets a new one. Set by imports, whose files name parents by their scopes.
    bool keeps_scope = false;
};

// 1–128 characters of A-Z a-z 0-9 and - : . + % _ # * ? ! ( ) , = @ ; $ '
bool is_valid_id(std::string_view id);

// argument_invalid where an id of an identity, whoever made it, cannot be one.
result<> validate_ids(const identity_key& key);

// argument_invalid with the rule that is broken: ids, status reason (at most 128 characters),
// attributes (as tags), keys (base64 of 16–64 bytes, both or neither), thumbprints, keys and
// thumbprints together, type none.
result<> validate(const identity_request& request);

} // namespace iothub::core
