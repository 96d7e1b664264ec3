#include "common/redaction.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace iothub {

namespace {

constexpr std::string_view replacement = "[redacted]";

// A secret follows the name; `ends` are the characters that end it.
struct secret_field {
    std::string_view name;
    std::string_view ends;
};

constexpr std::array secret_fields{
    secret_field{"SharedAccessSignature ", ";,\"'"},
    secret_field{"SharedAccessSignature=", ";,\"'"},
    secret_field{"SharedAccessKey=", ";, \"'"},
    secret_field{"sig=", "&;, \"'"},
    secret_field{"\"primaryKey\":\"", "\""},
    secret_field{"\"secondaryKey\":\"", "\""},
    secret_field{"Authorization: ", "\r\n"},
    secret_field{"-----BEGIN PRIVATE KEY-----", "\"'"},
    secret_field{"-----BEGIN EC PRIVATE KEY-----", "\"'"},
};

bool same_letter(char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), same_letter);
}

const secret_field* field_at(std::string_view text) {
    const auto found = std::ranges::find_if(secret_fields, [text](const secret_field& f) {
        return starts_with_ignoring_case(text, f.name);
    });
    return found == secret_fields.end() ? nullptr : &*found;
}

void append_visible(std::string& out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
        out += c;
    } else {
        out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
}

} // namespace

std::string redacted(std::string_view line) {
    std::string out;
    out.reserve(line.size());
    while (!line.empty()) {
        const secret_field* field = field_at(line);
        if (field == nullptr) {
            append_visible(out, line.front());
            line.remove_prefix(1);
            continue;
        }
        out.append(line.substr(0, field->name.size())).append(replacement);
        line.remove_prefix(field->name.size());
        line.remove_prefix(std::min(line.find_first_of(field->ends), line.size()));
    }
    return out;
}

} // namespace iothub
