#include "emulator/http/api/identities.hpp"

#include <charconv>
#include <vector>

#include "common/json.hpp"
#include "common/json_writer.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/registry/identity_document.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http::api {

namespace {

http_codec::response describe(const core::identity& id, core::moment when) {
    http_codec::response r{200, {}, core::identity_text(id, when)};
    r.headers.add("ETag", '"' + core::etag_text(id) + '"');
    return r;
}

http_codec::response describe_all(const std::vector<core::identity>& ids) {
    json_writer list;
    list.begin_array();
    for (const core::identity& id : ids) {
        list.raw(core::identity_text(id, core::moment::later));
    }
    return {200, {}, list.end_array().take()};
}

// `top`: what lies outside of 1 … 1000 means 1000.
result<std::size_t> read_top(const target& t) {
    constexpr std::size_t most = core::identity_registry::max_listed_devices;
    const std::string* text = t.find("top");
    if (text == nullptr) {
        return most;
    }
    long top = 0;
    const char* const end = text->data() + text->size();
    const auto [rest, failure] = std::from_chars(text->data(), end, top);
    if (rest != end || failure == std::errc::invalid_argument) {
        return error{errc::argument_invalid, "top must be a number from 1 to 1000."};
    }
    const bool in_range = failure == std::errc() && top >= 1 && top <= static_cast<long>(most);
    return in_range ? static_cast<std::size_t>(top) : most;
}

} // namespace

result<http_codec::response> list_devices(call& c) {
    const auto top = read_top(c.target);
    if (!top) {
        return top.error();
    }
    return describe_all(c.hub().identities().list_devices(*top));
}

result<http_codec::response> list_modules(call& c) {
    const auto modules = c.hub().identities().list_modules(c.key().device_id);
    if (!modules) {
        return modules.error();
    }
    return describe_all(*modules);
}

result<http_codec::response> get_identity(call& c) {
    const auto found = c.hub().identities().get(c.key());
    if (!found) {
        return found.error();
    }
    return describe(*found, core::moment::later);
}

result<http_codec::response> put_identity(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    const auto request = core::read_identity_document(*document, c.key());
    if (!request) {
        return request.error();
    }
    const core::precondition demand = c.demand();
    const auto written = c.hub().identities().put(*request, demand);
    if (!written) {
        return written.error();
    }
    const bool created = demand.demand == core::precondition::kind::none;
    return describe(*written, created ? core::moment::creation : core::moment::later);
}

result<http_codec::response> delete_identity(call& c) {
    const auto removed = c.hub().identities().remove(c.key(), c.demand());
    if (!removed) {
        return removed.error();
    }
    return http_codec::no_content();
}

} // namespace iothub::http::api
