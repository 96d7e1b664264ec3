#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

result<response> export_registry(call& c) {
    const std::string* device = c.find("device");
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
