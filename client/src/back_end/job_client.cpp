#include "iothub/job_client.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "client/src/back_end/job_documents.hpp"
#include "client/src/error_details.hpp"
#include "client/src/registry/method_documents.hpp"
#include "client/src/registry/paging.hpp"
#include "common/json.hpp"

namespace iothub {

using client::registry_connection;

namespace {

scheduled_job put_job(registry_connection& connection, std::string_view id, const json& body) {
    return client::read_scheduled_job(
        connection.send({.method = "PUT", .path = {"jobs", "v2", id}, .body = &body}));
}

transfer_job create_transfer(registry_connection& connection, const json& body) {
    return client::read_transfer_job(
        connection.send({.method = "POST", .path = {"jobs", "create"}, .body = &body}));
}

std::string query_of(const job_filter& filter) {
    std::string query;
    if (filter.type) {
        query = "jobType=" + std::string(to_string(*filter.type));
    }
    if (filter.status) {
        query +=
            (query.empty() ? "jobStatus=" : "&jobStatus=") + std::string(to_string(*filter.status));
    }
    return query;
}

constexpr std::chrono::milliseconds first_pause{10}; // each other is twice as long

// Asks for the job until it has ended.
template <class Get>
auto wait_for(const job_wait& limits, Get get) {
    const auto until = std::chrono::steady_clock::now() + limits.time_out;
    auto pause = std::min(first_pause, limits.interval);
    while (true) {
        auto job = get();
        if (has_ended(job.status)) {
            return job;
        }
        if (job.type == job_type::unknown && job.status == job_status::unknown) {
            client::throw_error({.kind = hub_error_kind::not_found,
                                 .message = "There is no such job",
                                 .symbolic_code = "JobNotFound"});
        }
        const auto left = until - std::chrono::steady_clock::now();
        if (left <= std::chrono::milliseconds(0)) {
            client::throw_error(hub_error_kind::time_out, "The job has not ended in time");
        }
        std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(pause, left));
        pause = std::min(pause * 2, limits.interval);
    }
}

} // namespace

job_client::job_client(std::shared_ptr<registry_connection> connection)
    : connection_(std::move(connection)) {}

scheduled_job job_client::schedule_twin_update(const job_schedule& schedule,
                                               const json& patch) const {
    if (!patch.is_object()) {
        client::throw_argument_invalid("The change of a twin is no object");
    }
    json body = client::schedule_document(schedule, job_type::schedule_update_twin);
    body["updateTwin"] = patch;
    body["updateTwin"]["etag"] = "*"; // the hub insists
    return put_job(*connection_, schedule.job_id, body);
}

scheduled_job job_client::schedule_method(const job_schedule& schedule, std::string_view name,
                                          const json& payload,
                                          const method_timeouts& timeouts) const {
    json body = client::schedule_document(schedule, job_type::schedule_device_method);
    body["cloudToDeviceMethod"] = client::to_document(name, payload, timeouts);
    return put_job(*connection_, schedule.job_id, body);
}

scheduled_job job_client::get(std::string_view job_id) const {
    return client::read_scheduled_job(
        connection_->send({.method = "GET", .path = {"jobs", "v2", job_id}}));
}

scheduled_job job_client::cancel(std::string_view job_id) const {
    return client::read_scheduled_job(
        connection_->send({.method = "POST", .path = {"jobs", "v2", job_id, "cancel"}}));
}

paged<scheduled_job> job_client::list(const job_filter& filter) const {
    const auto fetch = [connection = connection_, query = query_of(filter),
                        size = filter.paging.page_size](const std::string& continuation) {
        const auto answer = connection->ask({.method = "GET",
                                             .path = {"jobs", "v2", "query"},
                                             .query = query,
                                             .fields = client::paging_fields(size, continuation)});
        return client::read_page(answer, client::read_scheduled_job);
    };
    return paged<scheduled_job>(fetch, filter.paging.continuation);
}

scheduled_job job_client::wait(std::string_view job_id, const job_wait& limits) const {
    return wait_for(limits, [&] { return get(job_id); });
}

transfer_job job_client::export_devices(std::string_view container_uri,
                                        const export_options& options) const {
    return create_transfer(*connection_, client::export_document(container_uri, options));
}

transfer_job job_client::import_devices(std::string_view input_container_uri,
                                        std::string_view output_container_uri,
                                        const import_options& options) const {
    return create_transfer(
        *connection_, client::import_document(input_container_uri, output_container_uri, options));
}

transfer_job job_client::get_transfer(std::string_view job_id) const {
    return client::read_transfer_job(
        connection_->send({.method = "GET", .path = {"jobs", job_id}}));
}

std::vector<transfer_job> job_client::list_transfers() const {
    return client::read_list(connection_->send({.method = "GET", .path = {"jobs"}}),
                             client::read_transfer_job);
}

void job_client::cancel_transfer(std::string_view job_id) const {
    connection_->send({.method = "DELETE", .path = {"jobs", job_id}});
}

transfer_job job_client::wait_for_transfer(std::string_view job_id, const job_wait& limits) const {
    return wait_for(limits, [&] { return get_transfer(job_id); });
}

} // namespace iothub
