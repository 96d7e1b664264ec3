#include "client/src/back_end/configuration_documents.hpp"

#include "client/src/registry/document_members.hpp"
#include "common/json.hpp"

namespace iothub::client {

namespace {

using texts = std::map<std::string, std::string>;
using counts = std::map<std::string, std::int64_t>;

configuration_metrics read_metrics(const json& metrics) {
    return {value_of<texts>(metrics, "queries"), value_of<counts>(metrics, "results")};
}

// A name without a fault may stand there with null.
texts read_faults(const json& faults) {
    texts found;
    for (const auto& fault : faults.items()) {
        if (!fault.value().is_null()) {
            found[fault.key()] = fault.value().get<std::string>();
        }
    }
    return found;
}

} // namespace

json to_document(const configuration& wanted) {
    json document = {{"id", wanted.id}};
    if (!wanted.schema_version.empty()) {
        document["schemaVersion"] = wanted.schema_version;
    }
    document["labels"] = wanted.labels;
    document["content"] = *wanted.content;
    document["targetCondition"] = wanted.target_condition;
    document["priority"] = wanted.priority;
    document["metrics"] = json{{"queries", wanted.metrics.queries}};
    return document;
}

configuration read_configuration(const json& document) {
    return read_document(document, "configuration", [&] {
        return configuration{.id = document.at("id").get<std::string>(),
                             .schema_version = value_of<std::string>(document, "schemaVersion"),
                             .labels = value_of<texts>(document, "labels"),
                             .content = value_of<json>(document, "content"),
                             .target_condition = value_of<std::string>(document, "targetCondition"),
                             .priority = value_of<int>(document, "priority"),
                             .metrics = read_metrics(object_of(document, "metrics")),
                             .system_metrics = read_metrics(object_of(document, "systemMetrics")),
                             .created_time = time_of(document, "createdTimeUtc"),
                             .last_updated_time = time_of(document, "lastUpdatedTimeUtc"),
                             .etag = value_of<std::string>(document, "etag")};
    });
}

query_faults read_query_faults(const json& document) {
    return read_document(document, "test of queries", [&] {
        return query_faults{value_of<std::string>(document, "targetConditionError"),
                            read_faults(object_of(document, "customMetricQueryErrors"))};
    });
}

} // namespace iothub::client
