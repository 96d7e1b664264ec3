#include "emulator/app/ready_file.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/app/server.hpp"
#include "emulator/app/start_up_error.hpp"
#include "emulator/net/certificates/atomic_file.hpp"

namespace iothub::app {

namespace {

json document(const server& running) {
    const options& o = running.settings();
    return {
        {"pid", ::getpid()},
        {"host", o.host},
        {"hostnames", effective_hostnames(o)},
        {"ports", ports_document(running.ports())},
        {"caFile", ca_file_of(o).string()},
        {"connectionString", running.strings().of_policy(running.security().policies().front())}};
}

} // namespace

ready_file::ready_file(std::filesystem::path file, const server& running)
    : file_(std::move(file)) {
    const std::string content = to_text(document(running)) + "\n";
    if (const auto written = net::write_file_atomically(file_, content, 0600); !written) {
        throw start_up_error(written.error().message +
                             ": make room, or choose another --ready-file or --data-dir");
    }
}

ready_file::~ready_file() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

std::optional<management_place> management_place_in(const std::filesystem::path& ready_file) {
    std::ifstream input(ready_file);
    const std::string text{std::istreambuf_iterator<char>(input), {}};
    const auto document = parse_json(text);
    if (!document || !document->contains("ports")) {
        return std::nullopt;
    }
    return management_place{document->value("host", ""),
                            document->at("ports").value("management", std::uint16_t{0})};
}

} // namespace iothub::app
