#include "emulator/core/registry/identity_request.hpp"

#include <algorithm>
#include <cctype>

#include "common/base64.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/registry/system_modules.hpp"
#include "emulator/core/twins/twin_validation.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t max_id_length = 128;
constexpr std::size_t max_status_reason = 128;
constexpr std::size_t min_key_bytes = 16;
constexpr std::size_t max_key_bytes = 64;

error invalid(std::string message) {
    return {errc::argument_invalid, std::move(message)};
}

bool is_id_character(char c) {
    static constexpr std::string_view punctuation = "-:.+%_#*?!(),=@;$'";
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           punctuation.find(c) != punctuation.npos;
}

std::size_t characters(const std::string& utf_8) {
    return static_cast<std::size_t>(std::ranges::count_if(
        utf_8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_thumbprint(const std::string& text) {
    return (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, [](char c) {
               return std::isxdigit(static_cast<unsigned char>(c));
           });
}

bool is_key(const std::string& text) {
    const auto bytes = base64_decode(text);
    return bytes && bytes->size() >= min_key_bytes && bytes->size() <= max_key_bytes;
}

result<> validate_keys(const authentication_request& auth) {
    if (auth.primary_key.empty() != auth.secondary_key.empty()) {
        return invalid("Either no keys or both keys can be set.");
    }
    if (!auth.primary_key.empty() && !(is_key(auth.primary_key) && is_key(auth.secondary_key))) {
        return invalid("Invalid device key length: a key is the base64 text of 16 to 64 bytes.");
    }
    return {};
}

result<> validate_thumbprints(const authentication_request& auth) {
    for (const auto& thumbprint : {auth.primary_thumbprint, auth.secondary_thumbprint}) {
        if (thumbprint && !thumbprint->empty() && !is_thumbprint(*thumbprint)) {
            return invalid("A thumbprint is 40 (SHA-1) or 64 (SHA-256) hexadecimal digits.");
        }
    }
    return {};
}

bool has_thumbprint(const authentication_request& auth) {
    return (auth.primary_thumbprint && !auth.primary_thumbprint->empty()) ||
           (auth.secondary_thumbprint && !auth.secondary_thumbprint->empty());
}

result<> validate_authentication(const authentication_request& auth, bool is_module) {
    if (auth.type == authentication_type::none && !is_module) {
        return invalid("The authentication type of a device cannot be none.");
    }
    if (!auth.primary_key.empty() && has_thumbprint(auth)) {
        return invalid("Symmetric keys and X.509 thumbprints cannot be set together.");
    }
    if (const auto keys = validate_keys(auth); !keys) {
        return keys;
    }
    return validate_thumbprints(auth);
}

// They are measured like tags.
result<> validate_attributes(const std::string& text) {
    if (text.empty()) {
        return {};
    }
    const auto attributes = parse_json(text);
    if (!attributes) {
        return attributes.error();
    }
    const auto valid = validate_section("attributes", *attributes);
    return valid ? check_size("attributes", json::object(), *attributes, max_tags_size) : valid;
}

} // namespace

bool is_valid_id(std::string_view id) {
    return !id.empty() && id.size() <= max_id_length && std::ranges::all_of(id, is_id_character);
}

result<> validate_ids(const identity_key& key) {
    if (!is_valid_id(key.device_id)) {
        return invalid("The device id is not valid: 1 to 128 characters of A-Z a-z 0-9 and "
                       "- : . + % _ # * ? ! ( ) , = @ $ ' are allowed.");
    }
    if (key.is_module() && !is_valid_id(key.module_id)) {
        return invalid("The module id is not valid: 1 to 128 characters of A-Z a-z 0-9 and "
                       "- : . + % _ # * ? ! ( ) , = @ $ ' are allowed.");
    }
    return {};
}

result<> validate(const identity_request& request) {
    if (const auto ids = validate_ids(request.key); !ids) {
        return ids;
    }
    if (is_system_module(request.key)) {
        return invalid("A module id that begins with $ is reserved for the system.");
    }
    if (request.status_reason && characters(*request.status_reason) > max_status_reason) {
        return invalid("The status reason is longer than 128 characters.");
    }
    if (const auto attributes = validate_attributes(request.attributes); !attributes) {
        return attributes;
    }
    return validate_authentication(request.authentication, request.key.is_module());
}

} // namespace iothub::core
