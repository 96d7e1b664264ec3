// The program: reads the command line, and runs a hub or asks a running one. See
// docs/configuration.md.

#include <csignal>
#include <cstdio>
#include <exception>
#include <list>

#include "emulator/app/command_line.hpp"
#include "emulator/app/descriptor_limit.hpp"
#include "emulator/app/management_client.hpp"
#include "emulator/app/ready_file.hpp"
#include "emulator/app/server.hpp"
#include "emulator/app/start_up_message.hpp"
#include "emulator/app/stderr_log.hpp"

namespace {

using namespace iothub;

// The one line on standard output: scripts wait for it.
void announce(const app::bound_ports& ports) {
    std::printf("IoT Hub emulator ready https=%u mqtts=%u amqps=%u amqp=%u management=%u\n",
                ports.https, ports.mqtts, ports.amqps, ports.amqp, ports.management);
    std::fflush(stdout);
}

// Who has asked the hub to end, and asks again, must not cut its end short.
void block_signals() {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, nullptr);
}

int run_hub(const app::options& o) {
    std::signal(SIGPIPE, SIG_IGN); // a closed standard output ends nothing
    std::signal(SIGXFSZ, SIG_IGN); // a file at its limit (ulimit -f) is as a full disk
    app::raise_descriptor_limit();
    app::server hub(o, app::make_stderr_log(o.level, o.format));
    hub.stop_at_signals();
    std::list<app::ready_file> ready;
    for (const auto& file : {o.ready_file, app::own_ready_file(o)}) {
        if (!file.empty()) {
            ready.emplace_back(file, hub);
        }
    }
    if (o.format == app::log_format::text && o.level <= log_level::info) {
        std::fputs(app::start_up_message(hub).c_str(), stderr);
    }
    announce(hub.ports());
    hub.run();
    block_signals();
    return 0;
}

int execute(const app::command& command) {
    switch (command.what) {
    case app::subcommand::connection_string:
        return app::print_connection_string(command);
    case app::subcommand::healthcheck:
        return app::check_health(command);
    case app::subcommand::run:
        return run_hub(command.options);
    }
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    app::open_standard_descriptors();
    try {
        const auto parsed = app::parse_command_line(argc, argv);
        return parsed.command ? execute(*parsed.command) : parsed.exit_code;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "iothub-emulator: %s\n", failure.what());
        return 1;
    }
}
