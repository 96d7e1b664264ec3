#pragma once
// Tokens of Microsoft Entra ID (RFC 7519; service API §5.2 rule 7; row A04). The hub cannot know
// who signed one, so it takes any that is well formed, for it, and valid at the time; and only
// where it is told to. Used by authenticator.

#include <optional>
#include <string_view>

#include "common/result.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

// What follows "Bearer " in an Authorization header; nothing where it has another scheme.
std::optional<std::string_view> bearer_token_in(std::string_view authorization);

// Three parts in base64url, of which header and payload are JSON objects; `aud` must be
// https://iothubs.azure.net or iothubs.azure.net (or a list with it), `exp` and `nbf`, where they
// are there, are honoured. unauthorized_access with the reason for the log.
result<> check_bearer_token(std::string_view token, timestamp now);

} // namespace iothub::core
