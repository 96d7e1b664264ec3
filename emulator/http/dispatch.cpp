#include "emulator/http/dispatch.hpp"

#include <exception>
#include <functional>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/http/admission.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/router.hpp"
#include "emulator/http/routes.hpp"

namespace iothub::http {

namespace {

// Java cannot send PATCH: it sends POST with a header that says so.
std::string effective_method(const http_codec::request& asked) {
    const std::string* meant = asked.headers.find("X-HTTP-Method-Override");
    const bool patch = meant != nullptr && equal_ignoring_case(*meant, "PATCH");
    return asked.method == "POST" && patch ? "PATCH" : asked.method;
}

void refuse_route(call& c, const std::string& allowed) {
    if (allowed.empty()) {
        c.fail({errc::generic_not_found, "There is nothing at this address."});
    } else {
        c.fail({errc::method_not_allowed, "This address does not know the method."},
               {{"Allow", allowed}});
    }
}

// Methods count by 4 KB, everything else by the request.
result<> charge(call& c, core::operation cost) {
    constexpr std::size_t method_unit = 4096;
    const bool by_size = cost == core::operation::method;
    return c.hub().limits().charge(cost, 1 + (by_size ? c.asked().body.size() / method_unit : 0));
}

void run(const std::shared_ptr<call>& c, const route& operation) {
    try {
        operation.run(c);
    } catch (const std::exception& failure) { // core::store_fault among them
        c->fail({errc::server_error, "The hub could not do it. Its log says why.", failure.what()});
    }
}

using admission = std::function<result<>(call&, const audience&)>;

void find_and_run(const std::shared_ptr<call>& c, std::string_view address,
                  const admission& admits) {
    ++c->hub().count().requests;
    auto where = parse_target(address);
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
    c->values = std::move(match.values);
    if (auto admitted = admits(*c, match.found->who); !admitted) {
        c->fail(admitted.error());
        return;
    }
    if (auto allowed = charge(*c, match.found->cost); !allowed) {
        c->fail(allowed.error());
        return;
    }
    run(c, *match.found);
}

} // namespace

void dispatch(core::hub& hub, std::shared_ptr<http_codec::exchange> exchange, net::peer peer) {
    const auto c = std::make_shared<call>(hub, std::move(exchange), std::move(peer));
    find_and_run(c, c->asked().target, admit);
}

void dispatch_for_owner(core::hub& hub, owner_request asked) {
    net::peer page;
    page.address = "the page:";
    const auto c = std::make_shared<call>(hub, std::move(asked.exchange), std::move(page));
    c->told_also = std::move(asked.fields);
    find_and_run(c, asked.target, admit_owner);
}

} // namespace iothub::http
