#include "emulator/app/config_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/app/blob_storage_document.hpp"
#include "emulator/app/certificate_document.hpp"
#include "emulator/app/config_members.hpp"
#include "emulator/app/policy_document.hpp"
#include "emulator/app/seed_document.hpp"

namespace iothub::app {

namespace {

constexpr std::size_t max_file_size = 1 << 20;

fault read_path(const json& value, std::filesystem::path& target) {
    std::string text;
    const fault f = read_text(value, text);
    if (f.empty()) {
        target = text;
    }
    return f;
}

template <class Port>
fault read_port(const json& value, Port& target) {
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
        value.get<std::int64_t>() > 65535) {
        return "must be a port, 0 to 65535";
    }
    target = value.get<std::uint16_t>();
    return {};
}

fault read_hostnames(const json& value, options& o) {
    const json names = value.is_array() ? value : json::array({value});
    o.hostnames.clear();
    for (const json& name : names) {
        o.hostnames.emplace_back();
        if (const fault f = read_text(name, o.hostnames.back()); !f.empty()) {
            return "must be a name or a list of names";
        }
    }
    return {};
}

fault read_durability(const json& value, options& o) {
    if (value != "process" && value != "power") {
        return "must be \"process\" or \"power\"";
    }
    o.survive_power_loss = value == "power";
    return {};
}

fault read_level(const json& value, options& o) {
    const auto level = parse_log_level(value.is_string() ? value.get<std::string>() : "");
    o.level = level.value_or(o.level);
    return level ? "" : "must be one of trace, debug, info, warning, error, off";
}

fault read_format(const json& value, options& o) {
    if (value != "text" && value != "json") {
        return "must be \"text\" or \"json\"";
    }
    o.format = value == "json" ? log_format::json : log_format::text;
    return {};
}

fault read_limits(const json& value, options& o) {
    o.limits = value.is_string() ? core::find_limit_profile(value.get<std::string>()) : nullptr;
    return o.limits != nullptr ? "" : "must be one of off, F1, S1, S2, S3";
}

fault read_count(const json& value, std::uint32_t most, std::uint32_t& target) {
    if (!value.is_number_integer() || value < 1 || value > most) {
        return fmt::format("must be a number, 1 to {}", most);
    }
    target = value.get<std::uint32_t>();
    return {};
}

fault read_event_sources(const json& value, options& o) {
    o.event_sources = {};
    return read_elements(value, [&o](std::size_t, const json& name) -> fault {
        return name.is_string() && o.event_sources.add(name.get<std::string>())
                   ? ""
                   : fmt::format("must be one of {}", fmt::join(core::event_source_names, ", "));
    });
}

using setting = member<options>;

// For editors, which look for the schema of the file there.
fault ignore(const json&, options&) {
    return {};
}

constexpr std::array settings{
    setting{"$schema", ignore},
    setting{"dataDir", [](const json& v, options& o) { return read_path(v, o.data_dir); }},
    setting{"inMemory", [](const json& v, options& o) { return read_flag(v, o.in_memory); }},
    setting{"host", [](const json& v, options& o) { return read_text(v, o.host); }},
    setting{"hostname", read_hostnames},
    setting{"httpsPort", [](const json& v, options& o) { return read_port(v, o.https_port); }},
    setting{"mqttsPort", [](const json& v, options& o) { return read_port(v, o.mqtts_port); }},
    setting{"amqpsPort", [](const json& v, options& o) { return read_port(v, o.amqps_port); }},
    setting{"amqpPort", [](const json& v, options& o) { return read_port(v, o.amqp_port); }},
    setting{"managementPort",
            [](const json& v, options& o) { return read_port(v, o.management_port); }},
    setting{"readyFile", [](const json& v, options& o) { return read_path(v, o.ready_file); }},
    setting{"caFile", [](const json& v, options& o) { return read_path(v, o.ca_file); }},
    setting{"durability", read_durability},
    setting{"logLevel", read_level},
    setting{"logFormat", read_format},
    setting{"acceptBearerTokens",
            [](const json& v, options& o) { return read_flag(v, o.accept_bearer_tokens); }},
    setting{"limits", read_limits},
    setting{"partitions",
            [](const json& v, options& o) {
                return read_count(v, core::max_partitions, o.partitions);
            }},
    setting{"retentionHours",
            [](const json& v, options& o) {
                return read_count(v, max_retention_hours, o.retention_hours);
            }},
    setting{"eventSources", read_event_sources},
    setting{"policies",
            [](const json& v, options& o) { return read_policies(v, o.policies.emplace()); }},
    setting{"blobStorage",
            [](const json& v, options& o) { return read_blob_storage(v, o.uploads.emplace()); }},
    setting{"devices", [](const json& v, options& o) { return read_devices(v, o.seed); }},
    setting{"certificateAuthorities",
            [](const json& v, options& o) {
                return read_certificate_authorities(v, o.seed.authorities);
            }},
};

error invalid(const std::filesystem::path& file, std::string_view what) {
    return {errc::argument_invalid, fmt::format("{}: {}", file.string(), what)};
}

result<> apply(const std::filesystem::path& file, const json& document, options& o) {
    fault f = read_members(document, settings, o);
    if (f.empty()) {
        f = within("certificateAuthorities",
                   load_certificates(o.seed.authorities, file.parent_path()));
    }
    return f.empty() ? result<>() : invalid(file, sentence(f));
}

result<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input || std::filesystem::is_directory(file)) {
        return invalid(file, "the configuration file cannot be read");
    }
    std::string text(max_file_size + 1, '\0');
    input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(input.gcount()));
    if (text.size() > max_file_size) {
        return invalid(file, "the configuration file is larger than 1 MiB");
    }
    return text;
}

} // namespace

std::optional<log_level> parse_log_level(std::string_view word) {
    static constexpr std::array words{"trace", "debug", "info", "warning", "error", "off"};
    const auto found = std::ranges::find(words, word);
    return found == words.end() ? std::nullopt
                                : std::optional(static_cast<log_level>(found - words.begin()));
}

result<> apply_config_file(const std::filesystem::path& file, options& o) {
    const auto text = read_file(file);
    return text ? apply_config_text(*text, file, o) : text.error();
}

result<> apply_config_text(std::string_view text, const std::filesystem::path& name, options& o) {
    const auto document = parse_json(text, {.comments = true});
    if (!document) {
        return invalid(name, document.error().message);
    }
    return document->is_object() ? apply(name, *document, o)
                                 : result<>(invalid(name, "must hold a JSON object"));
}

} // namespace iothub::app
