#include "common/sas_token.hpp"

#include <charconv>
#include <limits>

#include "common/base64.hpp"
#include "common/percent_encoding.hpp"
#include "common/secret.hpp"

namespace iothub {

namespace {

constexpr std::string_view scheme = "SharedAccessSignature ";
constexpr std::size_t max_token_size = 8192;

// The last second that a timestamp can hold without overflow.
constexpr std::int64_t last_second = std::numeric_limits<std::int64_t>::max() / 10'000'000;

error refused(std::string detail) {
    return {errc::unauthorized_access, "Unauthorized access", std::move(detail)};
}

struct raw_fields {
    std::optional<std::string_view> sr;
    std::optional<std::string_view> sig;
    std::optional<std::string_view> se;
    std::optional<std::string_view> skn;

    std::optional<std::string_view>* named(std::string_view name) {
        return name == "sr"    ? &sr
               : name == "sig" ? &sig
               : name == "se"  ? &se
               : name == "skn" ? &skn
                               : nullptr;
    }
};

result<raw_fields> split_fields(std::string_view text) {
    raw_fields fields;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view part = text.substr(0, end);
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos) {
            return refused("the SAS token has a field without a value");
        }
        if (auto* field = fields.named(part.substr(0, equals))) {
            if (field->has_value()) {
                return refused("the SAS token has a field twice");
            }
            *field = part.substr(equals + 1);
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return fields;
}

std::optional<timestamp> parse_expiry(std::string_view text) {
    std::int64_t seconds = -1;
    const char* end = text.data() + text.size();
    const auto [parsed_to, failure] = std::from_chars(text.data(), end, seconds);
    if (failure != std::errc{} || parsed_to != end || seconds < 0) {
        return std::nullopt;
    }
    return seconds > last_second ? timestamp::max() : from_unix_seconds(seconds);
}

std::optional<std::string> parse_signature(std::string_view text) {
    const auto decoded = percent_decode(text);
    return decoded ? base64_decode(*decoded) : std::nullopt;
}

std::string text_to_sign(std::string_view resource, std::string_view expiry) {
    return std::string(resource) + "\n" + std::string(expiry);
}

} // namespace

result<sas_token> sas_token::parse(std::string_view text) {
    if (text.size() > max_token_size) {
        return refused("the SAS token is longer than 8192 characters");
    }
    if (!text.starts_with(scheme)) {
        return refused("the credential is not a SharedAccessSignature");
    }
    const auto fields = split_fields(text.substr(scheme.size()));
    if (!fields) {
        return fields.error();
    }
    if (!fields->sr || !fields->sig || !fields->se) {
        return refused("the SAS token lacks sr, sig or se");
    }
    const auto expiry = parse_expiry(*fields->se);
    if (!expiry) {
        return refused("the expiry (se) of the SAS token is not a number of seconds");
    }
    auto signature = parse_signature(*fields->sig);
    if (!signature) {
        return refused("the signature (sig) of the SAS token is not base64");
    }
    return sas_token{std::string(*fields->sr), std::move(*signature),
                     percent_decode_leniently(fields->skn.value_or("")), std::string(*fields->se),
                     *expiry};
}

bool sas_token::signed_with(std::string_view base64_key) const {
    const auto key = base64_decode(base64_key);
    return key && signed_with_text(*key);
}

bool sas_token::signed_with_text(std::string_view key) const {
    return !key.empty() &&
           equal_in_constant_time(hmac_sha256(key, text_to_sign(resource, expiry_text)), signature);
}

std::vector<std::string> sas_token::path() const {
    const std::string decoded = percent_decode_leniently(resource);
    std::string_view rest = decoded;
    if (const std::size_t end_of_scheme = rest.find("://"); end_of_scheme != rest.npos) {
        rest.remove_prefix(end_of_scheme + 3);
    }
    std::vector<std::string> segments;
    std::size_t slash = rest.find('/');
    while (slash != std::string_view::npos) {
        rest.remove_prefix(slash + 1);
        slash = rest.find('/');
        if (const std::string_view segment = rest.substr(0, slash); !segment.empty()) {
            segments.emplace_back(segment);
        }
    }
    return segments;
}

result<std::string> make_sas_token(std::string_view resource, std::string_view base64_key,
                                   timestamp expiry, std::string_view policy_name) {
    const auto key = base64_decode(base64_key);
    if (!key || key->empty()) {
        return error{errc::argument_invalid, "The shared access key is not base64.", ""};
    }
    const std::string sr = percent_encode(resource);
    const std::string se = std::to_string(unix_seconds(expiry));
    const std::string sig = base64_encode(hmac_sha256(*key, text_to_sign(sr, se)));
    std::string token =
        std::string(scheme) + "sr=" + sr + "&sig=" + percent_encode(sig) + "&se=" + se;
    if (!policy_name.empty()) {
        token += "&skn=" + percent_encode(policy_name);
    }
    return token;
}

} // namespace iothub
