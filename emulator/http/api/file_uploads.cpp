#include "emulator/http/api/file_uploads.hpp"

#include <fmt/format.h>

#include <optional>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/uploads/file_notification_service.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

json ticket_document(const core::upload_ticket& ticket) {
    return {{"correlationId", ticket.correlation_id},
            {"hostName", ticket.host_name},
            {"containerName", ticket.container_name},
            {"blobName", ticket.blob_name},
            {"sasToken", ticket.sas_token}};
}

struct upload_report {
    std::string correlation_id;
    bool success = false;
    std::string status_code;
    std::string description;
};

// A number, mostly; it is only for the log.
std::string status_code_of(const json& document) {
    const auto code = document.find("statusCode");
    return code == document.end() ? "no code" : to_text(*code).substr(0, 20);
}

result<upload_report> read_report(const call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    std::optional<error> fault;
    const member_reader members(*document, fault);
    upload_report report;
    report.correlation_id = members.text("correlationId").value_or(c.value("correlation"));
    report.success = members.flag("isSuccess");
    report.status_code = status_code_of(*document);
    report.description = members.text("statusDescription").value_or("");
    if (fault) {
        return *fault;
    }
    return report;
}

} // namespace

result<http_codec::response> begin_upload(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    std::optional<error> fault;
    const std::string name = member_reader(*document, fault).text("blobName").value_or("");
    if (fault) {
        return *fault;
    }
    const auto ticket = c.hub().uploads().begin(c.key(), name);
    if (!ticket) {
        return ticket.error();
    }
    return json_response(200, ticket_document(*ticket));
}

result<http_codec::response> finish_upload(call& c) {
    const auto report = read_report(c);
    if (!report) {
        return report.error();
    }
    const auto blob = c.hub().uploads().finish(c.key(), report->correlation_id);
    if (!blob) {
        return blob.error();
    }
    if (report->success) {
        c.hub().file_notifications().uploaded(c.key(), *blob);
    }
    c.hub().journal().write(log_level::info, "http",
                            fmt::format("{}: upload of '{}' {} ({} {})", c.key().text(), *blob,
                                        report->success ? "succeeded" : "failed",
                                        report->status_code, report->description.substr(0, 200)));
    return http_codec::no_content();
}

} // namespace iothub::http::api
