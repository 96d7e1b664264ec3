#include "emulator/http/api/scheduled_jobs.hpp"

#include <algorithm>

#include "common/base64.hpp"
#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/jobs/job_service.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/paging.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

// Jobs may be as large as a request, so a page has no more of them.
constexpr std::size_t max_page = 100;

result<http_codec::response> describe(const result<json>& job) {
    if (!job) {
        return job.error();
    }
    return json_response(200, *job);
}

// Empty where the parameter is absent.
std::string parameter(const call& c, std::string_view name) {
    const std::string* given = c.target.find(name);
    return given == nullptr ? std::string() : *given;
}

result<core::job_page_request> read_page(const call& c) {
    const auto asked = read_paging(c.asked().headers);
    if (!asked) {
        return asked.error();
    }
    auto after = base64_decode(asked->continuation);
    if (!after || (!after->empty() && !core::is_job_id(*after))) {
        return error{errc::argument_invalid, "x-ms-continuation is not what a page ended with."};
    }
    return core::job_page_request{*std::move(after), std::min(asked->size, max_page)};
}

http_codec::response describe_page(const core::job_page& page) {
    json documents = json::array();
    for (const json& job : page.jobs) {
        documents.push_back(job);
    }
    const std::string last =
        page.more ? page.jobs.back().at("jobId").get<std::string>() : std::string();
    auto r = json_response(200, documents);
    add_paging(r.headers, "JobResponse", base64_encode(last));
    return r;
}

} // namespace

result<http_codec::response> create_job(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    return describe(c.hub().jobs().create(c.value("job"), *document));
}

result<http_codec::response> get_job(call& c) {
    return describe(c.hub().jobs().get(c.value("job")));
}

result<http_codec::response> cancel_job(call& c) {
    return describe(c.hub().jobs().cancel(c.value("job")));
}

result<http_codec::response> list_jobs(call& c) {
    const auto wanted = core::read_job_filter(parameter(c, "jobType"), parameter(c, "jobStatus"));
    if (!wanted) {
        return wanted.error();
    }
    const auto which = read_page(c);
    if (!which) {
        return which.error();
    }
    return describe_page(c.hub().jobs().list(*wanted, *which));
}

} // namespace iothub::http::api
