#include "emulator/http/api/transfer_jobs.hpp"

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/transfers/transfer_service.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

result<http_codec::response> describe(const result<core::transfer_job>& job) {
    if (!job) {
        return job.error();
    }
    return json_response(200, core::transfer_document(*job));
}

} // namespace

void create_transfer_job(std::shared_ptr<call> c) {
    const auto document = c->document();
    auto asked = document ? core::read_transfer_request(*document) : document.error();
    if (!asked) {
        c->reply(asked.error());
        return;
    }
    c->hub().transfers().create(*std::move(asked), [c](const result<core::transfer_job>& outcome) {
        c->reply(describe(outcome));
    });
}

result<http_codec::response> list_transfer_jobs(call& c) {
    json all = json::array();
    for (const core::transfer_job& job : c.hub().transfers().list()) {
        all.push_back(core::transfer_document(job));
    }
    return json_response(200, all);
}

result<http_codec::response> get_transfer_job(call& c) {
    return describe(c.hub().transfers().get(c.value("job")));
}

result<http_codec::response> cancel_transfer_job(call& c) {
    const auto cancelled = c.hub().transfers().cancel(c.value("job"));
    if (!cancelled) {
        return cancelled.error();
    }
    return http_codec::no_content();
}

} // namespace iothub::http::api
