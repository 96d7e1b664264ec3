#include "emulator/app/start_up_message.hpp"

#include <fmt/format.h>

#include "emulator/app/server.hpp"

namespace iothub::app {

namespace {

// As it can be called from any folder.
std::string program_path() {
    std::error_code failure;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", failure);
    return failure ? "iothub-emulator" : path.string();
}

std::string place_of(const options& o) {
    return o.in_memory ? "in memory; nothing lasts"
                       : "data in " + absolute_path(o.data_dir).string();
}

// How the CA gets to the SDKs: from a file where there is one, else from the management port.
std::string trust_lines(const options& o, const std::string& management) {
    const bool fetched = o.in_memory && o.ca_file.empty();
    const std::string file = fetched ? "\"$PWD/ca.pem\"" : "'" + ca_file_of(o).string() + "'";
    const std::string fetch =
        fetched ? fmt::format("  curl -sSfo ca.pem http://{}/ca.pem\n", management) : "";
    return fetch +
           fmt::format(
               "  export NODE_EXTRA_CA_CERTS={0}                    # Node\n"
               "  export SSL_CERT_FILE={0} REQUESTS_CA_BUNDLE={0}   # Python, .NET, C, C++\n"
               "  export EdgeModuleCACertificateFile={0}            # modules made from the "
               "environment (with EdgeHubConnectionString)\n"
               "  keytool -importcert -noprompt -alias iothub-emulator -file {0} \\\n"
               "      -keystore truststore.jks -storepass changeit   # Java, then "
               "-Djavax.net.ssl.trustStore=truststore.jks\n",
               file);
}

// What makes the subcommands find this hub and no other.
std::string finding_options(const options& o, const bound_ports& ports) {
    if (!o.in_memory) {
        return o.data_dir == default_data_dir()
                   ? ""
                   : " --data-dir '" + absolute_path(o.data_dir).string() + "'";
    }
    return fmt::format(" --host {} --management-port {}", o.host, ports.management);
}

// The published keys are no secret. Others are not for what may be kept as a log: the command that
// tells them stands there instead.
std::string service_string(const server& running, const std::string& asking) {
    const core::access_policy& policy = running.security().policies().front();
    return running.settings().policies ? fmt::format("\"$({} --policy {})\"", asking, policy.name)
                                       : "'" + running.strings().of_policy(policy) + "'";
}

} // namespace

std::string start_up_message(const server& running) {
    const options& o = running.settings();
    const std::string management = authority_of(o.host, running.ports().management);
    const std::string asking =
        program_path() + " connection-string" + finding_options(o, running.ports());
    return fmt::format(
        "\n"
        "The hub runs ({0}). In the shell of a service program:\n"
        "  export IOTHUB_CONNECTION_STRING={1}\n"
        "in that of a device or module, once it was created:\n"
        "  export IOTHUB_MODULE_CONNECTION_STRING=\"$({2} \\\n"
        "      --device myFirstDevice --module myFirstModule)\"\n"
        "and, so that the SDKs trust the hub's certificate:\n"
        "{3}"
        "Health, metrics, connection strings, telemetry received: http://{4}/health,\n"
        "/metrics, /api/connection-strings, /api/events\n\n",
        place_of(o), service_string(running, asking), asking, trust_lines(o, management),
        management);
}

} // namespace iothub::app
