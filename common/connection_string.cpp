#include "common/connection_string.hpp"

#include <array>

#include "common/letter_case.hpp"

namespace iothub {

namespace {

struct field {
    std::string_view name;
    std::string connection_string::* member;
};

constexpr std::array fields{
    field{"HostName", &connection_string::host_name},
    field{"DeviceId", &connection_string::device_id},
    field{"ModuleId", &connection_string::module_id},
    field{"SharedAccessKeyName", &connection_string::shared_access_key_name},
    field{"SharedAccessKey", &connection_string::shared_access_key},
    field{"SharedAccessSignature", &connection_string::shared_access_signature},
    field{"GatewayHostName", &connection_string::gateway_host_name},
};

void assign(connection_string& parsed, const std::string& key, std::string_view value) {
    for (const field& f : fields) {
        if (lower_case(f.name) == key) {
            parsed.*f.member = value;
        }
    }
    if (key == "x509" || key == "x509cert") {
        parsed.x509 = lower_case(value) == "true";
    }
}

error malformed(const std::string& what) {
    return {errc::argument_invalid, "The connection string " + what, ""};
}

} // namespace

result<std::map<std::string, std::string>> split_connection_string(std::string_view text) {
    std::map<std::string, std::string> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (part.empty()) {
            continue;
        }
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || equals == 0) {
            return malformed("has a part that is not of the form Name=value.");
        }
        const std::string_view name = part.substr(0, equals);
        if (!parts.emplace(lower_case(name), part.substr(equals + 1)).second) {
            return malformed("names " + std::string(name) + " twice.");
        }
    }
    return parts;
}

result<connection_string> connection_string::parse(std::string_view text) {
    const auto parts = split_connection_string(text);
    if (!parts) {
        return parts.error();
    }
    connection_string parsed;
    for (const auto& [key, value] : *parts) {
        assign(parsed, key, value);
    }
    if (parsed.host_name.empty()) {
        return malformed("has no HostName.");
    }
    return parsed;
}

std::string connection_string::text() const {
    std::string written;
    for (const field& f : fields) {
        if (!(this->*f.member).empty()) {
            written += (written.empty() ? "" : ";") + std::string(f.name) + "=" + this->*f.member;
        }
    }
    return written + (x509 ? ";x509=true" : "");
}

} // namespace iothub
