#pragma once
// Everything that `run` can be told (see docs/configuration.md). command_line fills it for the
// program, iothub::emulator for a hub inside another process; server reads it.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/log.hpp"
#include "emulator/app/seed.hpp"
#include "emulator/core/limits/limit_profile.hpp"
#include "emulator/core/messaging/partition_limit.hpp"
#include "emulator/core/notifications/event_source.hpp"
#include "emulator/core/security/access_policy.hpp"
#include "emulator/core/uploads/upload_service.hpp"

namespace iothub::app {

enum class log_format { text, json };

struct options {
    std::filesystem::path data_dir;
    bool in_memory = false;
    std::string host = "127.0.0.1";
    std::vector<std::string> hostnames;      // empty: localhost, or the host where that is another
    std::optional<std::uint16_t> https_port; // nothing: 443, and 8443 where 443 may not be bound
    std::uint16_t mqtts_port = 8883;         // of all ports, 0 means any free one
    std::uint16_t amqps_port = 5671;
    std::uint16_t amqp_port = 5672;
    std::optional<std::uint16_t> management_port; // nothing: 5380
    std::filesystem::path ready_file;             // empty: none
    std::filesystem::path ca_file;                // empty: none
    bool survive_power_loss = false;              // --durability power
    log_level level = log_level::info;
    app::log_format format = app::log_format::text;
    bool accept_bearer_tokens = false;
    std::uint32_t partitions = 4;       // of the Event Hubs endpoint: 1 … core::max_partitions
    std::uint32_t retention_hours = 24; // 1 … max_retention_hours
    core::event_sources event_sources;
    const core::limit_profile* limits = core::find_limit_profile(core::limits_off);
    std::optional<std::vector<core::access_policy>> policies; // nothing: the published ones
    std::optional<core::blob_storage> uploads;                // where devices upload files to
    app::seed seed;
};

// $XDG_DATA_HOME/iothub-emulator, or ~/.local/share/iothub-emulator.
std::filesystem::path default_data_dir();

// The names the hub answers to, the first of which stands in connection strings.
std::vector<std::string> effective_hostnames(const options& o);

// The first of them up to its first dot, or all of it where it is an address: "contoso" of
// "contoso.azure-devices.net".
std::string hub_name(const options& o);

// Those names, and the address to listen on where it is a specific one: clients may name it as
// well.
std::vector<std::string> certificate_names(const options& o);

// The ready file that a hub with a data folder always writes there, so that the subcommands find it
// by the folder; empty for a hub in memory.
std::filesystem::path own_ready_file(const options& o);

inline constexpr std::uint32_t max_retention_hours = 7 * 24;
inline constexpr std::uint16_t default_https_port = 443;
inline constexpr std::uint16_t default_management_port = 5380;

// The address by which a hub that listens on `host` is reached from this machine: 127.0.0.1 for
// 0.0.0.0, ::1 for ::.
std::string loopback_if_any(const std::string& host);

// "127.0.0.1:5380", "[::1]:5380": of such an address, for a URL.
std::string authority_of(const std::string& host, std::uint16_t port);

// As messages and files show a path: from the root, without dots.
std::filesystem::path absolute_path(const std::filesystem::path& path);

// Where clients find the CA certificate; empty for a hub in memory without --ca-file.
std::filesystem::path ca_file_of(const options& o);

} // namespace iothub::app
