#include "emulator/http/api/configurations.hpp"

#include <string>
#include <utility>

#include "common/json.hpp"
#include "emulator/core/configurations/configuration_document.hpp"
#include "emulator/core/configurations/configuration_service.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

http_codec::response describe(const json& document) {
    auto r = json_response(200, document);
    r.headers.add("ETag", '"' + document.at("etag").get<std::string>() + '"');
    return r;
}

} // namespace

void get_configuration(std::shared_ptr<call> c) {
    auto found = c->hub().configurations().get(c->value("configuration"));
    if (!found) {
        c->fail(found.error());
        return;
    }
    c->hub().configurations().measure(
        {*std::move(found)}, [c](const json& documents) { c->reply(describe(documents.at(0))); });
}

void list_configurations(std::shared_ptr<call> c) {
    core::configuration_service& service = c->hub().configurations();
    service.measure(service.list(),
                    [c](const json& documents) { c->reply(json_response(200, documents)); });
}

result<http_codec::response> put_configuration(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    auto wanted = core::read_configuration_document(*document, c.value("configuration"));
    if (!wanted) {
        return wanted.error();
    }
    const auto written = c.hub().configurations().put(*std::move(wanted), c.demand());
    if (!written) {
        return written.error();
    }
    return describe(c.hub().configurations().describe(*written));
}

result<http_codec::response> delete_configuration(call& c) {
    const auto removed = c.hub().configurations().remove(c.value("configuration"), c.demand());
    return removed ? result<http_codec::response>(http_codec::no_content()) : removed.error();
}

result<http_codec::response> test_queries(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    const auto faults = core::test_configuration_queries(*document);
    return faults ? result<http_codec::response>(json_response(200, *faults)) : faults.error();
}

result<http_codec::response> apply_configuration_content(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    const auto applied = c.hub().configurations().apply(c.key().device_id, *document);
    return applied ? result<http_codec::response>(http_codec::no_content()) : applied.error();
}

} // namespace iothub::http::api
