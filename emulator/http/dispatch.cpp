#include "emulator/http/dispatch.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/core/registry/identity_request.hpp"
#include "emulator/http/api_version.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/router.hpp"
#include "emulator/http/routes.hpp"

namespace iothub::http {

namespace {

// Java cannot send PATCH: it sends POST with a header that says so.
std::string effective_method(const http_codec::request& asked) {
    const std::string* meant = asked.headers.find("X-HTTP-Method-Override");
    return asked.method == "POST" && meant != nullptr && *meant == "PATCH" ? *meant : asked.method;
}

result<> authorize(call& c, core::permission needed) {
    const auto& headers = c.asked().headers;
    const std::string* authorization = headers.find("Authorization");
    if (headers.count("Authorization") > 1) {
        return error{errc::unauthorized_access, "Unauthorized access",
                     "there are two Authorization fields"};
    }
    const auto policy = c.hub().security().authorize_service(
        authorization == nullptr ? std::nullopt : std::optional<std::string_view>(*authorization),
        needed, c.target.path);
    return policy ? result<>() : policy.error();
}

result<> check_api_version(const target& t) {
    const std::string* version = t.find("api-version");
    if (version != nullptr && is_known_api_version(*version)) {
        return {};
    }
    return error{errc::invalid_protocol_version,
                 "The api-version must be a date such as 2021-04-12."};
}

result<> check_ids(const std::vector<std::string>& ids) {
    if (std::ranges::all_of(ids, [](const std::string& id) { return core::is_valid_id(id); })) {
        return {};
    }
    return error{errc::argument_invalid,
                 "An id in the address has a character that ids may not have, or over 128."};
}

// Everything that is asked before the operation runs.
result<> admit(call& c, const route& operation) {
    if (auto allowed = authorize(c, operation.needed); !allowed) {
        return allowed;
    }
    if (auto known = check_api_version(c.target); !known) {
        return known;
    }
    return check_ids(c.ids);
}

void refuse_route(call& c, const std::string& allowed) {
    if (allowed.empty()) {
        c.fail({errc::generic_not_found, "There is nothing at this address."});
    } else {
        c.fail({errc::method_not_allowed, "This address does not know the method."},
               {{"Allow", allowed}});
    }
}

void run(const std::shared_ptr<call>& c, const route& operation) {
    try {
        operation.run(c);
    } catch (const std::exception& failure) { // core::store_fault among them
        c->fail({errc::server_error, "The hub could not do it. Its log says why.", failure.what()});
    }
}

} // namespace

void dispatch(core::hub& hub, std::shared_ptr<http_codec::exchange> exchange, std::string peer) {
    ++hub.count().requests;
    const auto c = std::make_shared<call>(hub, std::move(exchange), std::move(peer));
    auto where = parse_target(c->asked().target);
    if (!where) {
        c->fail(where.error());
        return;
    }
    c->target = std::move(*where);
    route_match match = find_route(routes(), effective_method(c->asked()), c->target.path);
    if (match.found == nullptr) {
        refuse_route(*c, match.allowed);
        return;
    }
    c->ids = std::move(match.values);
    if (auto admitted = admit(*c, *match.found); !admitted) {
        c->fail(admitted.error());
        return;
    }
    run(c, *match.found);
}

} // namespace iothub::http
