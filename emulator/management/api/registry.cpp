#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

constexpr std::size_t max_devices = 1000; // in one page

// A page of all devices, for who asks with `limit`.
response page_of_devices(call& c, std::size_t limit) {
    const std::string* after = c.find("after");
    return json_text_page(
        200, c.around().export_devices(after == nullptr ? std::string_view() : *after, limit));
}

} // namespace

result<response> export_registry(call& c) {
    const std::string* device = c.find("device");
    const auto limit = c.number("limit", {1, max_devices});
    if (!limit) {
        return limit.error();
    }
    if ((*limit && device != nullptr) || (!*limit && c.find("after") != nullptr)) {
        return error{errc::argument_invalid,
                     "`limit` goes with `after` or alone, and `after` with `limit`."};
    }
    if (*limit) {
        return page_of_devices(c, **limit);
    }
    auto text = c.around().export_registry(device == nullptr ? std::string_view() : *device);
    if (!text) {
        return text.error();
    }
    return json_text_page(200, *std::move(text));
}

result<response> import_registry(call& c) {
    if (const auto done = c.around().import_registry(c.asked().body); !done) {
        return done.error();
    }
    return http_codec::no_content();
}

} // namespace iothub::management::api
