#include "emulator/management/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/property_bag.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/access.hpp"
#include "emulator/management/metrics.hpp"

namespace iothub::management {

namespace {

using http_codec::response;

constexpr const char* json_type = "application/json; charset=utf-8";

response page(int status, const char* type, std::string body) {
    return {status, {{"Content-Type", type}}, std::move(body)};
}

response json_page(int status, const json& document) {
    return page(status, json_type, to_text(document));
}

response refuse(int status, std::string_view reason) {
    return json_page(status, {{"error", reason}});
}

response condition_page(const condition& trouble, std::string_view good, std::string_view bad) {
    const auto reason = trouble();
    return reason ? json_page(503, {{"status", bad}, {"reason", *reason}})
                  : json_page(200, {{"status", good}});
}

response health(const surroundings& around, const property_bag&) {
    return condition_page(around.unhealthy, "healthy", "unhealthy");
}

response ready(const surroundings& around, const property_bag&) {
    return condition_page(around.unready, "ready", "not ready");
}

response metrics(const surroundings& around, const property_bag&) {
    const present_state now{around.count_identities(), around.hub.sessions().size()};
    return page(200, "text/plain; version=0.0.4; charset=utf-8",
                metrics_text(around.hub.count(), now));
}

response ca_certificate(const surroundings& around, const property_bag&) {
    return page(200, "application/x-pem-file", around.ca_certificate());
}

// One identity's string: ?device=D or ?device=D&module=M.
response identity_string_page(const surroundings& around, const identity_key& key) {
    const auto id = around.hub.identities().get(key);
    return id ? json_page(200, {{"connectionString", around.identity_string(*id)}})
              : refuse(404, "There is no such device or module.");
}

std::string value_of(const property_bag& query, std::string_view name) {
    const property* found = find_property(query, name);
    return found == nullptr ? "" : found->value.value_or("");
}

response connection_strings_page(const surroundings& around, const property_bag& query) {
    if (const identity_key key{value_of(query, "device"), value_of(query, "module")};
        key != identity_key{}) {
        return identity_string_page(around, key);
    }
    const connection_strings strings = around.strings();
    json service = json::object();
    for (const auto& [policy, text] : strings.service) {
        service[policy] = text;
    }
    return json_page(
        200,
        {{"service", service}, {"eventHubs", strings.event_hubs}, {"caFile", strings.ca_file}});
}

struct known_page {
    std::string_view path;
    response (*show)(const surroundings&, const property_bag&);
};

constexpr std::array pages{
    known_page{"/health", health},
    known_page{"/ready", ready},
    known_page{"/metrics", metrics},
    known_page{"/ca.pem", ca_certificate},
    known_page{"/api/connection-strings", connection_strings_page},
};

response find_and_show(const http_codec::request& asked, const surroundings& around) {
    if (const auto objection = find_objection(asked, around.host_names)) {
        return refuse(403, *objection);
    }
    const std::string_view path = std::string_view(asked.target).substr(0, asked.target.find('?'));
    const auto found = std::ranges::find(pages, path, &known_page::path);
    if (found == pages.end()) {
        return refuse(404, "There is no such page.");
    }
    if (asked.method != "GET" && asked.method != "HEAD") {
        auto r = refuse(405, "The page can only be read.");
        r.headers.add("Allow", "GET, HEAD");
        return r;
    }
    const std::string_view query = std::string_view(asked.target).substr(path.size());
    return found->show(around, parse_property_bag(query.empty() ? query : query.substr(1)));
}

response show_or_fail(const http_codec::request& asked, const surroundings& around) {
    try {
        return find_and_show(asked, around);
    } catch (const std::exception& failure) { // core::store_fault among them
        around.hub.journal().write(log_level::error, "management", failure.what());
        return refuse(500, "The hub could not do it. Its log says why.");
    }
}

// A page that hands out keys is for nobody's cache and nobody's frame.
response finished(response r, timestamp now) {
    r.headers.add("Cache-Control", "no-store");
    r.headers.add("X-Content-Type-Options", "nosniff");
    r.headers.add("Date", http_codec::http_date(now));
    return r;
}

void log_refusal(const http_codec::request& asked, const response& r, log& journal) {
    if (r.status >= 400) {
        journal.write(log_level::info, "management",
                      fmt::format("{} {}: {}: {}", asked.method,
                                  std::string_view(asked.target).substr(0, 300), r.status, r.body));
    }
}

} // namespace

response show(const http_codec::request& asked, const surroundings& around) {
    response r = show_or_fail(asked, around);
    log_refusal(asked, r, around.hub.journal());
    return finished(std::move(r), around.hub.time().now());
}

response refusal_response(const http_codec::refusal& why, timestamp now) {
    return finished(refuse(why.status, why.reason), now);
}

} // namespace iothub::management
