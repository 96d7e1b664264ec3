#include "emulator/http/api/queries.hpp"

#include "common/json.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/query/query_service.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/paging.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

using core::query::item_type;

std::string_view name_of(item_type type) {
    switch (type) {
    case item_type::twin:
        return "Twin";
    case item_type::device_job:
        return "DeviceJob";
    case item_type::raw:
        break;
    }
    return "Raw";
}

result<std::string> read_query(const call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    std::optional<error> fault;
    auto text = member_reader(*document, fault).text("query");
    if (fault) {
        return *fault;
    }
    if (!text) {
        return error{errc::argument_invalid, "The body must have a member 'query'."};
    }
    return *std::move(text);
}

http_codec::response describe(const core::query::page& page) {
    auto r = json_response(200, page.rows);
    add_paging(r.headers, name_of(page.item_type), page.continuation);
    return r;
}

} // namespace

void run_query(std::shared_ptr<call> c) {
    auto text = read_query(*c);
    if (!text) {
        return c->fail(text.error());
    }
    auto paging = read_paging(c->asked().headers);
    if (!paging) {
        return c->fail(paging.error());
    }
    c->hub().queries().run({*std::move(text), paging->size, std::move(paging->continuation)},
                           [c](const result<core::query::page>& outcome) {
                               if (outcome) {
                                   c->reply(describe(*outcome));
                               } else {
                                   c->fail(outcome.error());
                               }
                           });
}

} // namespace iothub::http::api
