#include "emulator/core/security/bearer_token.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "common/base64.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/letter_case.hpp"
#include "emulator/core/security/refusal.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view scheme = "Bearer ";
constexpr std::size_t longest_token = 16 * 1024;
constexpr std::array<std::string_view, 2> audiences{"https://iothubs.azure.net",
                                                    "iothubs.azure.net"};

// Base64 with - and _, and without padding (RFC 4648 §5).
std::optional<std::string> base64url_decode(std::string_view text) {
    if (text.find_first_of("+/=") != text.npos) {
        return std::nullopt;
    }
    std::string plain(text);
    std::ranges::replace(plain, '-', '+');
    std::ranges::replace(plain, '_', '/');
    plain.append((4 - plain.size() % 4) % 4, '=');
    return base64_decode(plain);
}

std::optional<std::array<std::string_view, 3>> parts_of(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == token.npos ? first : token.find('.', first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos) {
        return std::nullopt;
    }
    return std::array{token.substr(0, first), token.substr(first + 1, second - first - 1),
                      token.substr(second + 1)};
}

result<json> object_in(std::string_view part, const std::string& name) {
    const auto text = base64url_decode(part);
    if (!text) {
        return refused("the bearer token's " + name + " is not base64url");
    }
    auto document = parse_json(*text);
    if (!document || !document->is_object()) {
        return refused("the bearer token's " + name + " is no JSON object");
    }
    return document;
}

bool is_for_hubs(const json& audience) {
    if (audience.is_array()) {
        return std::ranges::any_of(
            audience, [](const json& one) { return one.is_string() && is_for_hubs(one); });
    }
    return audience.is_string() &&
           std::ranges::find(audiences, audience.get_ref<const std::string&>()) != audiences.end();
}

const json& claim(const json& payload, const char* name) {
    static const json none;
    const auto found = payload.find(name);
    return found == payload.end() ? none : *found;
}

// Whether the claim is absent, or a number of seconds that `fits`.
template <class Fits>
bool time_fits(const json& payload, const char* name, Fits fits) {
    const json& time = claim(payload, name);
    return time.is_null() || (time.is_number() && fits(time.get<double>()));
}

} // namespace

std::optional<std::string_view> bearer_token_in(std::string_view authorization) {
    if (!starts_with_ignoring_case(authorization, scheme)) {
        return std::nullopt;
    }
    return authorization.substr(scheme.size());
}

result<> check_bearer_token(std::string_view token, timestamp now) {
    const auto parts = parts_of(token);
    if (token.size() > longest_token || !parts) {
        return refused("the bearer token is no JWT: three parts with dots between them");
    }
    if (const auto header = object_in((*parts)[0], "header"); !header) {
        return header.error();
    }
    const auto payload = object_in((*parts)[1], "payload");
    if (!payload) {
        return payload.error();
    }
    if (!base64url_decode((*parts)[2])) {
        return refused("the bearer token's signature is not base64url");
    }
    if (!is_for_hubs(claim(*payload, "aud"))) {
        return refused("the bearer token is not for IoT hubs: its aud must be "
                       "https://iothubs.azure.net");
    }
    const auto seconds = static_cast<double>(unix_seconds(now));
    if (!time_fits(*payload, "exp", [seconds](double exp) { return exp > seconds; })) {
        return refused("the bearer token has expired (exp)");
    }
    if (!time_fits(*payload, "nbf", [seconds](double nbf) { return nbf <= seconds; })) {
        return refused("the bearer token is not valid yet (nbf)");
    }
    return {};
}

} // namespace iothub::core
