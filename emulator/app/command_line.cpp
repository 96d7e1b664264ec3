#include "emulator/app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <span>

#include "emulator/app/config_file.hpp"
#include "emulator/app/option_source.hpp"
#include "emulator/app/version.hpp"

namespace iothub::app {

namespace {

constexpr int wrong_usage = 2;

constexpr const char* description =
    "A local Azure IoT Hub. Point an unmodified Azure IoT SDK program at it: it serves the "
    "identity\n"
    "registry and twins over HTTPS and devices and modules over MQTT, and keeps what it is told.";

constexpr const char* examples =
    "Every option can also be set in the environment, as IOTHUB_EMULATOR_ and its name in "
    "capitals\n"
    "(IOTHUB_EMULATOR_DATA_DIR), or in the file that --config names (dataDir). The option wins "
    "over\n"
    "the environment, and the environment over the file.\n"
    "\n"
    "Examples:\n"
    "  iothub-emulator                                  start; what is stored lasts\n"
    "  iothub-emulator --in-memory --https-port 8443    leave nothing behind; no root for 443\n"
    "  iothub-emulator connection-string                for service programs (iothubowner)\n"
    "  iothub-emulator connection-string --device myFirstDevice --module myFirstModule\n"
    "  iothub-emulator healthcheck && echo it runs\n"
    "\n"
    "Exit codes: 0 fine, 1 could not start or failed while running, 2 wrong usage or "
    "configuration.";

std::vector<std::string> names_of_limit_profiles() {
    std::vector<std::string> names;
    for (const core::limit_profile& profile : core::limit_profiles()) {
        names.emplace_back(profile.name);
    }
    return names;
}

using arguments = std::span<const char* const>;

// One CLI11 application bound to one command; parsing twice needs two of them.
class parser {
public:
    explicit parser(command& target)
        : target_(target)
        , app_(description, "iothub-emulator") {
        app_.footer(examples);
        app_.set_version_flag("--version", version_text());
        app_.get_formatter()->column_width(34);
        app_.fallthrough();
        app_.require_subcommand(0, 1);
        add_subcommands();
        add_place_options();
        add_listening_options();
        add_behaviour_options();
        add_event_hub_options();
        add_file_and_log_options();
    }

    // Throws CLI::ParseError, of which help and version are two.
    void parse(arguments given) {
        app_.parse(static_cast<int>(given.size()), given.data());
        target_.what = *connection_string_ ? subcommand::connection_string
                       : *healthcheck_     ? subcommand::healthcheck
                                           : subcommand::run;
    }

    // Help and version win over every mistake beside them, which CLI11 may find first.
    int exit(const CLI::ParseError& e, arguments given) {
        if (e.get_exit_code() == 0) {
            return app_.exit(e);
        }
        if (is_given(given, "--version")) {
            return app_.exit(CLI::CallForVersion(version_text(), 0));
        }
        if (is_given(given, "--help") || is_given(given, "-h")) {
            return app_.exit(CLI::CallForHelp());
        }
        std::fprintf(stderr, "iothub-emulator: %s (see iothub-emulator --help)\n", e.what());
        return wrong_usage;
    }

    const std::string& config() const { return config_; }
    const std::vector<std::string>& environment_names() const { return environment_names_; }

private:
    void add_subcommands() {
        app_.add_subcommand("run", "Run the hub in the foreground (the default)");
        connection_string_ = app_.add_subcommand("connection-string",
                                                 "Print a connection string of the running hub");
        auto* policy =
            connection_string_->add_option("--policy", target_.policy, "A shared access policy")
                ->capture_default_str();
        auto* device = connection_string_->add_option("--device", target_.device_id, "A device's");
        connection_string_->add_option("--module", target_.module_id, "A module's of that device")
            ->needs(device);
        connection_string_
            ->add_flag("--event-hubs", target_.event_hubs, "For Event Hubs SDKs, to read telemetry")
            ->excludes(policy)
            ->excludes(device);
        healthcheck_ = app_.add_subcommand("healthcheck", "Exit 0 when the running hub is healthy");
        for (CLI::App* one : app_.get_subcommands({})) {
            one->footer("The options of iothub-emulator --help count here too.");
        }
    }

    void add_place_options() {
        options& o = target_.options;
        with_environment("--data-dir", app_.add_option("--data-dir", o.data_dir,
                                                       "Where everything that lasts is kept"))
            ->capture_default_str();
        with_environment("--in-memory",
                         app_.add_flag("--in-memory", o.in_memory,
                                       "Keep nothing on disk but --ready-file and --ca-file"));
        with_environment(
            "--durability",
            app_.add_option_function<std::string>(
                    "--durability",
                    [&o](const std::string& word) { o.survive_power_loss = word == "power"; },
                    "What an acknowledged write survives: process (kill -9) or power (also power "
                    "loss); default process")
                ->check(CLI::IsMember({"process", "power"})));
    }

    void add_listening_options() {
        options& o = target_.options;
        with_environment("--host", app_.add_option("--host", o.host, "Address to listen on"))
            ->capture_default_str();
        with_environment(
            "--hostname",
            app_.add_option("--hostname", o.hostnames,
                            "Name the hub answers to, repeatable; default localhost, or --host "
                            "where that is a specific address; the first name stands in "
                            "connection strings; localhost, 127.0.0.1 and ::1 are always in the "
                            "certificate")
                ->delimiter(','));
        with_environment("--https-port",
                         app_.add_option("--https-port", o.https_port,
                                         "REST, MQTT and AMQP over WebSocket; default 443, or 8443 "
                                         "where 443 may not be bound"));
        add_port("--mqtts-port", o.mqtts_port, "MQTT over TLS");
        add_port("--amqps-port", o.amqps_port, "AMQP over TLS");
        add_port("--amqp-port", o.amqp_port, "AMQP without TLS, for Event Hubs SDKs");
        with_environment(
            "--management-port",
            app_.add_option("--management-port", o.management_port,
                            "Port of health, metrics, keys, events, messages, connections and "
                            "registry, plain HTTP; default 5380; 0: any free one"));
    }

    void add_port(const char* name, std::uint16_t& port, const std::string& text) {
        with_environment(name, app_.add_option(name, port, "Port of " + text + "; 0: any free one"))
            ->capture_default_str();
    }

    void add_behaviour_options() {
        options& o = target_.options;
        with_environment(
            "--limits",
            app_.add_option_function<std::string>(
                    "--limits",
                    [&o](const std::string& name) { o.limits = core::find_limit_profile(name); },
                    "Throttle and meter as a hub of a tier with one unit: F1, S1, S2 "
                    "or S3; default off")
                ->check(CLI::IsMember(names_of_limit_profiles())));
        with_environment("--accept-bearer-tokens",
                         app_.add_flag("--accept-bearer-tokens", o.accept_bearer_tokens,
                                       "Let back ends in with any unexpired token of Microsoft "
                                       "Entra ID, whoever signed it"));
    }

    void add_event_hub_options() {
        options& o = target_.options;
        with_environment("--partitions",
                         app_.add_option("--partitions", o.partitions,
                                         "Partitions of the Event Hubs endpoint, 1 to 32")
                             ->check(CLI::Range(1U, core::max_partitions)))
            ->capture_default_str();
        with_environment("--retention-hours",
                         app_.add_option("--retention-hours", o.retention_hours,
                                         "How long its events are kept, 1 to 168")
                             ->check(CLI::Range(1U, max_retention_hours)))
            ->capture_default_str();
        with_environment(
            "--event-sources",
            app_.add_option_function<std::vector<std::string>>(
                    "--event-sources",
                    [&o](const std::vector<std::string>& names) {
                        o.event_sources = {};
                        for (const std::string& name : names) {
                            o.event_sources.add(name);
                        }
                    },
                    "What its readers are told beside telemetry, repeatable")
                ->delimiter(',')
                ->check(CLI::IsMember(std::vector<std::string>(core::event_source_names.begin(),
                                                               core::event_source_names.end()))));
    }

    void add_file_and_log_options() {
        options& o = target_.options;
        with_environment("--config",
                         app_.add_option("--config", config_,
                                         "JSON file with options, devices, policies, certificate "
                                         "authorities, blob storage"));
        with_environment("--ready-file",
                         app_.add_option("--ready-file", o.ready_file,
                                         "Written (JSON) once the hub is usable, removed at exit"));
        with_environment("--ca-file", app_.add_option("--ca-file", o.ca_file,
                                                      "Also write the CA certificate (PEM) there"));
        with_environment(
            "--log-level",
            app_.add_option_function<std::string>(
                    "--log-level",
                    [&o](const std::string& word) { o.level = *parse_log_level(word); },
                    "trace, debug, info, warning, error or off; default info")
                ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error", "off"})));
        with_environment("--log-format", app_.add_option_function<std::string>(
                                                 "--log-format",
                                                 [&o](const std::string& word) {
                                                     o.format = word == "json" ? log_format::json
                                                                               : log_format::text;
                                                 },
                                                 "text or json, on standard error; default text")
                                             ->check(CLI::IsMember({"text", "json"})));
    }

    CLI::Option* with_environment(const char* name, CLI::Option* option) {
        environment_names_.push_back(environment_name(name));
        return option->envname(environment_names_.back());
    }

    command& target_;
    CLI::App app_;
    CLI::App* connection_string_ = nullptr;
    CLI::App* healthcheck_ = nullptr;
    std::string config_;
    std::vector<std::string> environment_names_;
};

command default_command() {
    command c;
    c.options.data_dir = default_data_dir();
    return c;
}

parsed_command_line mistake(std::string_view what) {
    fmt::print(stderr, "iothub-emulator: {}\n", what);
    return {std::nullopt, wrong_usage};
}

// CLI11 takes an empty variable for an absent one; a typo in a script should not pass for a
// default.
const char* empty_variable(const parser& p) {
    for (const std::string& name : p.environment_names()) {
        const char* value = std::getenv(name.c_str());
        if (value != nullptr && *value == '\0') {
            return name.c_str();
        }
    }
    return nullptr;
}

// `file` is the configuration file, or empty.
parsed_command_line checked(command c, arguments given, const std::string& file) {
    const auto wrong =
        c.what == subcommand::run ? find_mistake(c.options) : find_host_mistake(c.options);
    if (wrong) {
        return mistake(told(
            *wrong, [&](const named_option& option) { return source_of(option, given, file); }));
    }
    return {std::move(c), 0};
}

} // namespace

parsed_command_line parse_command_line(int argc, const char* const* argv) {
    const arguments given(argv, static_cast<std::size_t>(argc));
    command first = default_command();
    parser look(first);
    try {
        look.parse(given);
        if (const char* name = empty_variable(look)) {
            return mistake(fmt::format("the environment variable {} is empty", name));
        }
        if (look.config().empty()) {
            return checked(std::move(first), given, {});
        }
        command second = default_command();
        if (const auto applied = apply_config_file(look.config(), second.options); !applied) {
            return mistake(applied.error().message);
        }
        parser again(second); // what stands in options and environment overwrites the file
        again.parse(given);
        return checked(std::move(second), given, look.config());
    } catch (const CLI::ParseError& e) {
        return {std::nullopt, look.exit(e, given)};
    }
}

} // namespace iothub::app
