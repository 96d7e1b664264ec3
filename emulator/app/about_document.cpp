#include "emulator/app/about_document.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/app/version.hpp"

namespace iothub::app {

std::string about_text(const options& o, const bound_ports& ports, timestamp started) {
    return to_text(json{{"version", version_text()},
                        {"startedTime", iso_8601(started)},
                        {"host", o.host},
                        {"hostnames", effective_hostnames(o)},
                        {"ports", ports_document(ports)},
                        {"inMemory", o.in_memory},
                        {"dataDir", o.in_memory ? "" : o.data_dir.string()},
                        {"caFile", ca_file_of(o).string()}});
}

std::string page_address(const options& o, const bound_ports& ports) {
    const bool everywhere = o.host == "0.0.0.0" || o.host == "::" || o.host == "127.0.0.1";
    const bool bare_ipv6 = o.host.find(':') != o.host.npos;
    const std::string host = everywhere ? "localhost" : bare_ipv6 ? "[" + o.host + "]" : o.host;
    return "http://" + host + ":" + std::to_string(ports.management) + "/";
}

} // namespace iothub::app
