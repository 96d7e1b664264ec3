#include "emulator/management/routes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>

#include "emulator/core/hub.hpp"
#include "emulator/management/access.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/pages.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management {

namespace {

// A handler of an operation that knows its answer at once.
template <result<response> (*Operation)(call&)>
void now(std::shared_ptr<call> c) {
    c->reply(Operation(*c));
}

struct route {
    std::string_view method;
    std::string_view path;       // "/page/*": whatever begins so
    std::string_view parameters; // names between spaces; "*": whatever
    void (*run)(std::shared_ptr<call>);
};

constexpr std::string_view of_identity = " device module ";

constexpr std::array table{
    route{"GET", "/", "*", now<page_file>},
    route{"GET", "/page/*", "*", now<page_file>},

    route{"GET", "/health", "*", now<health>},
    route{"GET", "/ready", "*", now<ready>},
    route{"GET", "/metrics", "*", now<metrics>},
    route{"GET", "/ca.pem", "*", now<ca_certificate>},

    route{"GET", "/api/service/*", "*", api::service},
    route{"POST", "/api/service/*", "*", api::service},
    route{"PUT", "/api/service/*", "*", api::service},
    route{"PATCH", "/api/service/*", "*", api::service},
    route{"DELETE", "/api/service/*", "*", api::service},

    route{"GET", "/api/about", "", now<api::about>},
    route{"GET", "/api/activity", " after limit ", now<api::activity>},

    route{"GET", "/api/connection-strings", of_identity, now<api::connection_strings>},
    route{"GET", "/api/config-schema", "", now<api::config_schema>},

    route{"GET", "/api/events", " device module after limit count wait ", api::events},
    route{"GET", "/api/events/stream", " device module after last ", api::event_stream},

    route{"GET", "/api/messages", of_identity, now<api::list_messages>},
    route{"POST", "/api/messages", of_identity, now<api::send_message>},
    route{"DELETE", "/api/messages", of_identity, now<api::purge_messages>},
    route{"GET", "/api/feedback", " limit ", now<api::feedback>},

    route{"GET", "/api/limits", "", now<api::show_limits>},
    route{"PUT", "/api/limits", "", now<api::choose_limits>},

    route{"GET", "/api/connections", " device module refused limit ", now<api::connections>},
    route{"DELETE", "/api/connections", of_identity, now<api::disconnect>},

    route{"GET", "/api/registry", " device after limit ", now<api::export_registry>},
    route{"POST", "/api/registry", "", now<api::import_registry>},
    route{"POST", "/api/reset", " to ", now<api::reset>},

    route{"GET", "/api/certificate-authorities", "", now<api::list_authorities>},
    route{"PUT", "/api/certificate-authorities", " name ", now<api::put_authority>},
    route{"DELETE", "/api/certificate-authorities", " name ", now<api::remove_authority>},
};

bool is_at(const route& r, std::string_view path) {
    return r.path.ends_with("/*") ? path.starts_with(r.path.substr(0, r.path.size() - 1))
                                  : r.path == path;
}

struct route_match {
    const route* found = nullptr;
    std::string allowed; // the methods of the path; empty: there is no such path
};

route_match find_route(std::string_view method, std::string_view path) {
    route_match match;
    for (const route& candidate : table) {
        if (!is_at(candidate, path)) {
            continue;
        }
        const bool reads = candidate.method == "GET";
        match.allowed.append(match.allowed.empty() ? "" : ", ")
            .append(reads ? "GET, HEAD" : candidate.method);
        if (candidate.method == method || (reads && method == "HEAD")) {
            match.found = &candidate;
        }
    }
    return match;
}

result<> check_parameters(const call& c, std::string_view known) {
    for (const property& p : c.query()) {
        const bool name = p.key.find(' ') == p.key.npos;
        if (known != "*" && (!name || known.find(" " + p.key + " ") == known.npos)) {
            return error{errc::argument_invalid,
                         fmt::format("\"{}\" is no parameter of this request.", p.key)};
        }
    }
    return {};
}

void run(const route& r, const std::shared_ptr<call>& c) {
    if (const auto good = check_parameters(*c, r.parameters); !good) {
        c->reply(good.error());
        return;
    }
    try {
        r.run(c);
    } catch (const std::exception& failure) { // core::store_fault among them
        c->reply(error{errc::server_error, "The hub could not do it. Its log says why.",
                       failure.what()});
    }
}

} // namespace

void dispatch(std::shared_ptr<call> c) {
    if (const auto objection = find_objection(c->asked(), c->around().host_names)) {
        c->refuse(403, {errc::unauthorized_access, *objection});
        return;
    }
    const route_match match = find_route(c->asked().method, c->path());
    if (match.found != nullptr) {
        run(*match.found, c);
    } else if (match.allowed.empty()) {
        c->refuse(404, {errc::generic_not_found, "There is no such page."});
    } else {
        c->refuse(405, {errc::method_not_allowed, "The page does not know this method."},
                  {{"Allow", match.allowed}});
    }
}

} // namespace iothub::management
