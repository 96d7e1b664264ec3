#include "emulator/mqtt/user_name.hpp"

#include <vector>

#include "common/property_bag.hpp"

namespace iothub::mqtt {

namespace {

error no_user_name(std::string reason) {
    return {errc::unauthorized_access, "Unauthorized access", "the user name " + std::move(reason)};
}

struct path_and_query {
    std::string_view path;
    std::string_view query;
};

path_and_query split_off_query(std::string_view text) {
    if (const std::size_t mark = text.rfind("/?"); mark != std::string_view::npos) {
        return {text.substr(0, mark), text.substr(mark + 2)};
    }
    const std::size_t slash = text.rfind('/');
    if (slash != std::string_view::npos &&
        text.find("api-version=", slash) != std::string_view::npos) {
        return {text.substr(0, slash), text.substr(slash + 1)};
    }
    return {text, {}};
}

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> segments;
    for (;;) {
        const std::size_t slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return segments;
        }
        path.remove_prefix(slash + 1);
    }
}

// The first of its name, decoded; empty where it is absent.
std::string value_of(const property_bag& query, std::string_view name) {
    const property* found = find_property(query, name);
    return found != nullptr ? found->value.value_or("") : std::string();
}

} // namespace

result<user_name> parse_user_name(std::string_view text) {
    const auto [path, query_text] = split_off_query(text);
    const std::vector<std::string> segments = split_path(path);
    if (segments.size() != 2 && segments.size() != 3) {
        return no_user_name("is not {host}/{device}[/{module}]/?api-version=…");
    }
    if (segments[1].empty() || segments.back().empty()) {
        return no_user_name("has an empty device or module id");
    }
    const property_bag query = parse_property_bag(query_text);
    user_name parsed;
    parsed.host = segments[0];
    parsed.identity = {segments[1], segments.size() == 3 ? segments[2] : std::string()};
    parsed.api_version = value_of(query, "api-version");
    parsed.model_id = value_of(query, "model-id");
    parsed.client_type = value_of(query, "DeviceClientType");
    if (parsed.api_version.empty()) {
        return no_user_name("has no api-version");
    }
    return parsed;
}

} // namespace iothub::mqtt
