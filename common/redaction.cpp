#include "common/redaction.hpp"

#include <algorithm>
#include <array>

#include "common/control_character.hpp"
#include "common/letter_case.hpp"

namespace iothub {

namespace {

constexpr std::string_view replacement = "[redacted]";

// What a log line may call a secret; `ends` are the characters that end its value.
struct secret_field {
    std::string_view name;
    std::string_view ends;
};

constexpr std::string_view key_ends = "&;, \"'\\}";

constexpr std::array secret_fields{
    secret_field{"SharedAccessSignature", ";,\"'"},
    secret_field{"SharedAccessKey", key_ends},
    secret_field{"sig", key_ends},
    secret_field{"primaryKey", key_ends},
    secret_field{"secondaryKey", key_ends},
    secret_field{"Authorization", "\r\n\"'"},
};

constexpr std::string_view token_scheme = "SharedAccessSignature ";
constexpr std::string_view token_ends = ";,\"'";
constexpr std::string_view pem_begin = "-----BEGIN ";
constexpr std::string_view pem_private_key = "PRIVATE KEY-----";
constexpr std::size_t longest_pem_header = 64;

std::size_t skip_quotes_and_spaces(std::string_view text, std::size_t from) {
    return std::min(text.find_first_not_of(" \\\"'", from), text.size());
}

// The length of `name` and of what ties a value to it (`=`, `": "` …) at the front of `text`, or 0.
std::size_t assignment(std::string_view text, std::string_view name) {
    if (!starts_with_ignoring_case(text, name)) {
        return 0;
    }
    const std::size_t sign = skip_quotes_and_spaces(text, name.size());
    const bool assigned = sign < text.size() && (text[sign] == '=' || text[sign] == ':');
    return assigned ? skip_quotes_and_spaces(text, sign + 1) : 0;
}

// The length of the first line of a PEM private key, of whatever kind, at the front, or 0.
std::size_t pem_header(std::string_view text) {
    if (!text.starts_with(pem_begin)) {
        return 0;
    }
    const std::size_t found = text.substr(0, longest_pem_header).find(pem_private_key);
    return found == text.npos ? 0 : found + pem_private_key.size();
}

// A secret at the front of a text: how much of it may be shown, and what ends the rest.
struct secret_place {
    std::size_t shown = 0;
    std::string_view ends;
};

secret_place secret_at(std::string_view text) {
    for (const secret_field& field : secret_fields) {
        if (const std::size_t shown = assignment(text, field.name); shown != 0) {
            return {shown, field.ends};
        }
    }
    if (starts_with_ignoring_case(text, token_scheme)) {
        return {token_scheme.size(), token_ends};
    }
    return {pem_header(text), "\"'"};
}

void append_escaped(std::string& out, std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
}

// Takes one character, or one control character of any length, from the front of `line`.
void append_visible(std::string& out, std::string_view& line) {
    const std::size_t control = control_character(line);
    if (control == 0) {
        out += line.front();
    } else {
        append_escaped(out, line.substr(0, control));
    }
    line.remove_prefix(std::max<std::size_t>(control, 1));
}

} // namespace

std::string redacted(std::string_view line) {
    std::string out;
    out.reserve(line.size());
    while (!line.empty()) {
        const secret_place secret = secret_at(line);
        if (secret.shown == 0) {
            append_visible(out, line);
            continue;
        }
        out.append(line.substr(0, secret.shown)).append(replacement);
        line.remove_prefix(secret.shown);
        line.remove_prefix(std::min(line.find_first_of(secret.ends), line.size()));
    }
    return out;
}

} // namespace iothub
