#include "emulator/core/jobs/listed_transfers.hpp"

#include "common/json.hpp"
#include "emulator/core/transfers/transfer_service.hpp"

namespace iothub::core {

namespace {

json job_document(const transfer_job& which) {
    json document{{"jobId", which.id},
                  {"type", transfer_type_name(which.type)},
                  {"status", transfer_status_name(which.status)},
                  {"createdTime", iso_8601(which.started)},
                  {"startTime", iso_8601(which.started)}};
    if (which.ended) {
        document["endTime"] = iso_8601(*which.ended);
    }
    if (!which.failure_reason.empty()) {
        document["failureReason"] = which.failure_reason;
    }
    return document;
}

} // namespace

std::vector<json> listed_transfers(transfer_service& transfers) {
    std::vector<json> documents;
    for (const transfer_job& one : transfers.list()) {
        documents.push_back(job_document(one));
    }
    return documents;
}

} // namespace iothub::core
