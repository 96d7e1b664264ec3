#include "emulator/management/pages.hpp"

#include <string_view>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/metrics.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management {

namespace {

response condition_page(const condition& trouble, std::string_view good, std::string_view bad) {
    const auto reason = trouble();
    return reason ? json_page(503, {{"status", bad}, {"reason", *reason}})
                  : json_page(200, {{"status", good}});
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

} // namespace iothub::management
