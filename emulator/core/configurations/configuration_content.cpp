#include "emulator/core/configurations/configuration_content.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "emulator/core/registry/identity_request.hpp"
#include "emulator/core/registry/system_modules.hpp"
#include "emulator/core/twins/twin_validation.hpp"

namespace iothub::core {

namespace {

constexpr std::array<std::pair<std::string_view, content_kind>, 3> kinds{{
    {"deviceContent", content_kind::device},
    {"moduleContent", content_kind::module},
    {"modulesContent", content_kind::deployment},
}};

constexpr std::size_t max_modules = 50;    // besides those of the system
constexpr std::size_t max_settings = 4096; // of a twin; each costs a search

error invalid(std::string message) {
    return {errc::invalid_configuration_content, std::move(message)};
}

// The member says nothing, as SDKs write it for the kinds that are not meant.
bool is_absent(const json& content, std::string_view name) {
    const auto found = content.find(std::string(name));
    return found == content.end() || found->is_null() || (found->is_object() && found->empty());
}

// Looks at what the settings make of an empty twin, their nulls being kept.
result<> validate_settings(const desired_settings& settings) {
    json values = json::object();
    for (const desired_setting& setting : settings) {
        json* place = &values;
        for (const std::string& name : setting.path) {
            place = place->is_object() ? &(*place)[name] : &(*place = json{{name, {}}})[name];
        }
        *place = setting.value;
    }
    const auto valid = validate_section("properties.desired", values);
    return valid ? check_size("properties.desired", json::object(), values, max_properties_size)
                 : valid;
}

result<desired_settings> read_settings(const std::string& whose, const json& members) {
    if (!members.is_object()) {
        return invalid(whose + " must be a JSON object.");
    }
    if (members.size() > max_settings) {
        return invalid(whose + " has over " + std::to_string(max_settings) + " keys.");
    }
    desired_settings settings;
    for (const auto& [key, value] : members.items()) {
        auto path = parse_property_path(key);
        if (!path) {
            return invalid("A key in " + whose +
                           " must be properties.desired or begin with properties.desired.");
        }
        if (path->empty() && !value.is_object()) {
            return invalid("properties.desired in " + whose + " must be a JSON object.");
        }
        settings.push_back({*std::move(path), value});
    }
    if (const auto valid = validate_settings(settings); !valid) {
        return invalid(whose + ": " + valid.error().message);
    }
    return settings;
}

result<> check_modules(const json& modules) {
    std::size_t counted = 0;
    for (const auto& [name, settings] : modules.items()) {
        const bool of_system =
            std::ranges::find(edge_system_modules, name) != edge_system_modules.end();
        if (!of_system && (!is_valid_id(name) || name.starts_with('$'))) {
            return invalid("modulesContent names a module that cannot be.");
        }
        counted += of_system ? 0 : 1;
    }
    if (!modules.contains("$edgeAgent")) {
        return invalid("modulesContent must have $edgeAgent.");
    }
    return counted <= max_modules ? result<>() : invalid("A deployment has at most 50 modules.");
}

result<> read_deployment(const json& modules, configuration_content& into) {
    if (const auto valid = check_modules(modules); !valid) {
        return valid;
    }
    for (const auto& [name, members] : modules.items()) {
        auto settings = read_settings("modulesContent." + name, members);
        if (!settings) {
            return settings.error();
        }
        into.settings.emplace(name, *std::move(settings));
    }
    return {};
}

result<> read_twins(std::string_view name, const json& members, configuration_content& into) {
    auto settings = read_settings(std::string(name), members);
    if (!settings) {
        return settings.error();
    }
    into.settings.emplace("", *std::move(settings));
    return {};
}

} // namespace

bool configuration_content::is_base() const {
    const auto agent = settings.find("$edgeAgent");
    return agent != settings.end() &&
           std::ranges::any_of(agent->second,
                               [](const desired_setting& s) { return s.path.empty(); });
}

result<configuration_content> read_configuration_content(const json& content) {
    if (!content.is_object()) {
        return invalid("The content of a configuration must be a JSON object.");
    }
    const auto given = [&content](const auto& kind) { return !is_absent(content, kind.first); };
    if (std::ranges::count_if(kinds, given) != 1) {
        return invalid("The content of a configuration must be one of deviceContent, moduleContent "
                       "and modulesContent.");
    }
    const auto [name, kind] = *std::ranges::find_if(kinds, given);
    const json& members = content.at(std::string(name));
    if (!members.is_object()) {
        return invalid(std::string(name) + " must be a JSON object.");
    }
    configuration_content read;
    read.kind = kind;
    read.document[std::string(name)] = members;
    const auto done = kind == content_kind::deployment ? read_deployment(members, read)
                                                       : read_twins(name, members, read);
    return done ? result<configuration_content>(std::move(read)) : done.error();
}

} // namespace iothub::core
