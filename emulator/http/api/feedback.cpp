#include "emulator/http/api/feedback.hpp"

#include "common/json.hpp"
#include "emulator/core/c2d/feedback_document.hpp"
#include "emulator/core/c2d/feedback_queue.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

result<http_codec::response> receive_feedback(call& c) {
    const auto batch = c.hub().feedback().receive();
    if (!batch) {
        return http_codec::no_content();
    }
    auto r = json_response(200, core::feedback_document(batch->records));
    r.headers.add("Content-Type", core::feedback_content_type);
    r.headers.add("ETag", '"' + batch->lock_token + '"');
    r.headers.add("iothub-enqueuedtime", iso_8601_round_trip(batch->enqueued));
    return r;
}

result<http_codec::response> complete_feedback(call& c) {
    const auto done = c.hub().feedback().complete(c.value("lock"));
    return done ? result<http_codec::response>(http_codec::no_content()) : done.error();
}

result<http_codec::response> abandon_feedback(call& c) {
    const auto done = c.hub().feedback().abandon(c.value("lock"));
    return done ? result<http_codec::response>(http_codec::no_content()) : done.error();
}

} // namespace iothub::http::api
