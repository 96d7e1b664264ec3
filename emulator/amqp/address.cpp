#include "emulator/amqp/address.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include "common/letter_case.hpp"
#include "common/percent_encoding.hpp"

namespace iothub::amqp {

namespace {

using segments = std::vector<std::string>;

// Without "amqps://host:5671".
std::string_view path_in(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
        return text;
    }
    const auto path = text.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string_view() : text.substr(path);
}

segments split(std::string_view path) {
    segments parts;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        if (end > 0) {
            parts.emplace_back(path.substr(0, end));
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

segments decoded(const segments& written) {
    segments parts;
    for (const std::string& one : written) {
        parts.push_back(percent_decode_leniently(one));
    }
    return parts;
}

bool matches(const segments& path, std::size_t from, std::initializer_list<const char*> words) {
    return path.size() == from + words.size() &&
           std::equal(words.begin(), words.end(), path.begin() + static_cast<std::ptrdiff_t>(from),
                      [](const char* word, const std::string& segment) {
                          return equal_ignoring_case(word, segment);
                      });
}

std::optional<device_node> device_node_at(const segments& path, std::size_t from) {
    if (matches(path, from, {"messages", "events"})) {
        return device_node::telemetry;
    }
    if (matches(path, from, {"messages", "devicebound"})) {
        return device_node::device_bound;
    }
    if (matches(path, from, {"twin"})) {
        return device_node::twin;
    }
    if (matches(path, from, {"methods", "devicebound"})) {
        return device_node::methods;
    }
    return std::nullopt;
}

bool is_word(const segments& path, std::size_t index, const char* word) {
    return index < path.size() && equal_ignoring_case(path[index], word);
}

std::optional<address_target> device_target(const segments& path) {
    if (path.size() < 3 || !is_word(path, 0, "devices")) {
        return std::nullopt;
    }
    if (is_word(path, 2, "modules") && path.size() > 4) {
        if (const auto what = device_node_at(path, 4)) {
            return device_address{{path[1], path[3]}, *what};
        }
    }
    if (const auto what = device_node_at(path, 2)) {
        return device_address{{path[1], {}}, *what};
    }
    return std::nullopt;
}

std::optional<address_target> service_target(const segments& path) {
    if (matches(path, 0, {"messages", "devicebound"})) {
        return service_address{service_node::device_bound};
    }
    if (matches(path, 0, {"messages", "servicebound", "feedback"})) {
        return service_address{service_node::feedback};
    }
    if (matches(path, 0, {"messages", "servicebound", "filenotifications"})) {
        return service_address{service_node::file_notifications};
    }
    return std::nullopt;
}

std::string joined(const segments& path, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text.append(i == 0 ? "" : "/").append(path[i]);
    }
    return text;
}

std::optional<address_target> event_hub_target(const segments& path) {
    const std::size_t size = path.size();
    if (size >= 1 && is_word(path, size - 1, "$management")) {
        return management_address{joined(path, size - 1)};
    }
    if (size >= 5 && is_word(path, size - 4, "ConsumerGroups") &&
        is_word(path, size - 2, "Partitions")) {
        return partition_address{joined(path, size - 4), path[size - 3], path[size - 1]};
    }
    return std::nullopt;
}

bool is_redirected(const segments& path, bool absolute) {
    if (!is_word(path, 0, "messages") || !is_word(path, 1, "events")) {
        return false;
    }
    return absolute || path.size() == 2 || matches(path, 2, {"$management"});
}

address_target target_of(const segments& path, bool absolute) {
    if (matches(path, 0, {"$cbs"})) {
        return cbs_address();
    }
    if (auto device = device_target(path)) {
        return *std::move(device);
    }
    if (auto service = service_target(path)) {
        return *std::move(service);
    }
    if (is_redirected(path, absolute)) {
        return redirected_address();
    }
    if (auto events = event_hub_target(path)) {
        return *std::move(events);
    }
    return unknown_address();
}

} // namespace

address parse_address(std::string_view text) {
    const segments written = split(path_in(text));
    address read{decoded(written), {}};
    read.target = target_of(read.path, text.find("://") != std::string_view::npos);
    if (auto* device = std::get_if<device_address>(&read.target)) {
        const identity_key literally{written[1], device->key.is_module() ? written[3] : ""};
        if (literally != device->key) {
            device->literally = literally;
        }
    }
    return read;
}

} // namespace iothub::amqp
