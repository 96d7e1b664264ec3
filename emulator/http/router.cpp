#include "emulator/http/router.hpp"

#include <optional>

#include "common/letter_case.hpp"

namespace iothub::http {

namespace {

// The values of the placeholders, where the path fits the pattern. No placeholder takes "".
std::optional<path_values> fit(std::string_view pattern, const std::vector<std::string>& path) {
    path_values values;
    for (const std::string& segment : path) {
        if (pattern.empty() || segment.empty()) {
            return std::nullopt;
        }
        pattern.remove_prefix(1); // the slash
        const std::string_view expected = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(expected.size());
        if (expected.starts_with('{')) {
            values.emplace_back(expected.substr(1, expected.size() - 2), segment);
        } else if (!equal_ignoring_case(expected, segment)) {
            return std::nullopt;
        }
    }
    return pattern.empty() ? std::optional(std::move(values)) : std::nullopt;
}

} // namespace

route_match find_route(std::span<const route> routes, std::string_view method,
                       const std::vector<std::string>& path) {
    route_match match;
    for (const route& candidate : routes) {
        auto values = fit(candidate.pattern, path);
        if (!values) {
            continue;
        }
        if (candidate.method == method) {
            return {&candidate, std::move(*values), {}};
        }
        match.allowed.append(match.allowed.empty() ? "" : ", ").append(candidate.method);
    }
    return match;
}

} // namespace iothub::http
