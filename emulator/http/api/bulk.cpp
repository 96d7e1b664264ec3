#include "emulator/http/api/bulk.hpp"

#include <fmt/format.h>

#include <vector>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/core/registry/registry_import.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/documents/registry_batch.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

using items = std::vector<core::import_item>;

result<items> read_items(const json& list) {
    items read;
    for (const json& element : list) {
        auto item = core::read_import_item(element);
        if (!item) {
            error e = item.error();
            e.message = fmt::format("Item {}: {}", read.size(), e.message);
            return e;
        }
        read.push_back(*std::move(item));
    }
    return read;
}

result<items> read_body(const std::string& body) {
    const auto list = parse_json(body);
    if (!list) {
        return list.error();
    }
    if (!list->is_array()) {
        return error{errc::argument_invalid, "The body must be a JSON array."};
    }
    if (const auto fits = check_batch_size(list->size()); !fits) {
        return fits.error();
    }
    return read_items(*list);
}

std::vector<identity_key> keys_of(const items& all) {
    std::vector<identity_key> keys;
    for (const core::import_item& item : all) {
        keys.push_back(item.identity.key);
    }
    return keys;
}

// The failures of those that could not be applied.
json apply(call& c, const items& all) {
    core::registry_import registry(c.hub().identities(), c.hub().twins());
    json failures = json::array();
    for (const core::import_item& item : all) {
        const auto done = registry.apply(item);
        if (!done) {
            failures.push_back(failure_document("deviceId", item.identity.key, done.error()));
            c.hub().journal().write(log_level::info, "http",
                                    "bulk: " + shown(item.identity.key) + ": " +
                                        log_text(done.error()));
        }
    }
    return failures;
}

// .NET reads the document of a failure only where it finds the header of its own name.
http_codec::response failed(http_codec::response r) {
    const std::string code(symbolic_name(errc::bulk_registry_operation_failure));
    r.status = http_status(errc::bulk_registry_operation_failure);
    r.headers.add("iothub-errorcode", code);
    r.headers.add("IotHubErrorCode", code);
    return r;
}

} // namespace

result<http_codec::response> change_registry(call& c) {
    const auto wanted = read_body(c.asked().body);
    if (!wanted) {
        return wanted.error();
    }
    if (const auto distinct = check_distinct(keys_of(*wanted)); !distinct) {
        return distinct.error();
    }
    if (const auto allowed =
            c.hub().limits().charge(core::operation::registry_write, wanted->size());
        !allowed) {
        return allowed.error();
    }
    const json failures = apply(c, *wanted);
    auto r = json_response(
        200,
        {{"isSuccessful", failures.empty()}, {"errors", failures}, {"warnings", json::array()}});
    if (failures.empty()) {
        return r;
    }
    ++c.hub().count().failed_requests;
    return failed(std::move(r));
}

} // namespace iothub::http::api
