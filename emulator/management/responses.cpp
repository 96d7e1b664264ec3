#include "emulator/management/responses.hpp"

#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::management {

using http_codec::response;

response page(int status, std::string_view content_type, std::string body) {
    return {status, {{"Content-Type", std::string(content_type)}}, std::move(body)};
}

response json_page(int status, const json& document) {
    return json_text_page(status, to_text(document));
}

response json_text_page(int status, std::string text) {
    return page(status, "application/json; charset=utf-8", std::move(text));
}

response refusal(int status, std::string_view reason) {
    return json_page(status, {{"error", reason}});
}

int status_of(errc code) {
    return code == errc::device_maximum_queue_depth_exceeded ? 429 : http_status(code);
}

const http_codec::fields& for_browsers() {
    static const http_codec::fields told{{"Cache-Control", "no-store"},
                                         {"X-Content-Type-Options", "nosniff"},
                                         {"Content-Security-Policy", "frame-ancestors 'none'"}};
    return told;
}

response finished(response r, timestamp now) {
    for (const http_codec::field& f : for_browsers()) {
        if (r.headers.find(f.name) == nullptr) {
            r.headers.add(f.name, f.value);
        }
    }
    r.headers.add("Date", http_codec::http_date(now));
    return r;
}

} // namespace iothub::management
