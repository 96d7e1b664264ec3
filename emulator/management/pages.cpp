#include "emulator/management/pages.hpp"

#include <string_view>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/embedded_files.hpp"
#include "emulator/management/metrics.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management {

namespace {

response condition_page(const condition& trouble, std::string_view good, std::string_view bad) {
    const auto reason = trouble();
    return reason ? json_page(503, {{"status", bad}, {"reason", *reason}})
                  : json_page(200, {{"status", good}});
}

// "views/hub.js" of "/page/views/hub.js".
std::string_view part_of(const call& c) {
    constexpr std::string_view folder = "/page/";
    return c.path().substr(folder.size());
}

} // namespace

result<response> health(call& c) {
    return condition_page(c.around().unhealthy, "healthy", "unhealthy");
}

result<response> ready(call& c) {
    return condition_page(c.around().unready, "ready", "not ready");
}

result<response> metrics(call& c) {
    const present_state now{c.around().count_identities(), c.hub().sessions().size()};
    return page(200, "text/plain; version=0.0.4; charset=utf-8",
                metrics_text(c.hub().count(), now));
}

result<response> ca_certificate(call& c) {
    return page(200, "application/x-pem-file", c.around().ca_certificate());
}

result<response> page_file(call& c) {
    constexpr std::string_view policy = "default-src 'self'; frame-ancestors 'none'; "
                                        "base-uri 'none'; form-action 'none'";
    const embedded_file* file = find_embedded_file(c.path() == "/" ? "index.html" : part_of(c));
    if (file == nullptr) {
        return error{errc::generic_not_found, "There is no such page."};
    }
    const std::string* known = c.asked().headers.find("If-None-Match");
    response r = known != nullptr && *known == file->etag
                     ? response{304, {}, {}}
                     : page(200, file->content_type, std::string(file->content));
    r.headers.add("ETag", std::string(file->etag));
    r.headers.add("Cache-Control", "no-cache");
    r.headers.add("Content-Security-Policy", std::string(policy));
    return r;
}

} // namespace iothub::management
