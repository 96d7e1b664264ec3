#include "emulator/app/start_up_message.hpp"

#include <fmt/format.h>

#include "emulator/app/server.hpp"

namespace iothub::app {

namespace {

std::string place_of(const options& o) {
    return o.in_memory ? "in memory; nothing lasts"
                       : "data in " + absolute_path(o.data_dir).string();
}

// How the CA gets to the SDKs: from a file where there is one, else from the management port.
std::string trust_lines(const options& o, const bound_ports& ports) {
    const bool fetched = o.in_memory && o.ca_file.empty();
    const std::string file = fetched ? "ca.pem" : ca_file_of(o).string();
    const std::string fetch =
        fetched ? fmt::format("  curl -so ca.pem http://127.0.0.1:{}/ca.pem\n", ports.management)
                : "";
    return fetch +
           fmt::format(
               "  export NODE_EXTRA_CA_CERTS={0}           # Node\n"
               "  export SSL_CERT_FILE={0} REQUESTS_CA_BUNDLE={0}   # Python, .NET, C, C++\n"
               "  keytool -importcert -noprompt -alias iothub-emulator -file {0} \\\n"
               "      -keystore truststore.jks -storepass changeit   # Java, then "
               "-Djavax.net.ssl.trustStore=truststore.jks\n",
               file);
}

} // namespace

std::string start_up_message(const server& running) {
    const options& o = running.settings();
    return fmt::format(
        "\n"
        "The hub runs ({0}). In the shell of a service program:\n"
        "  export IOTHUB_CONNECTION_STRING='{1}'\n"
        "and, so that the SDKs trust its certificate:\n"
        "{2}"
        "A device's or module's connection string:\n"
        "  iothub-emulator connection-string --device ID [--module ID]\n"
        "Health, metrics and every connection string: http://127.0.0.1:{3}/health, /metrics,\n"
        "/api/connection-strings\n\n",
        place_of(o), running.strings().of_policy(running.security().policies().front()),
        trust_lines(o, running.ports()), running.ports().management);
}

} // namespace iothub::app
