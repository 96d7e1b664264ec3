#include "client/src/registry/method_documents.hpp"

#include "client/src/error_details.hpp"
#include "common/json.hpp"

namespace iothub::client {

json to_document(std::string_view name, const json& payload, const method_timeouts& timeouts) {
    json document = json::object();
    document["methodName"] = name;
    document["payload"] = payload;
    document["responseTimeoutInSeconds"] = timeouts.response.count();
    document["connectTimeoutInSeconds"] = timeouts.connect.count();
    return document;
}

method_response read_method_response(const json& document) {
    const auto status = document.find("status");
    if (status == document.end() || !status->is_number_integer()) {
        throw_error(hub_error_kind::protocol, "The hub's answer is no method's");
    }
    return {status->get<int>(), document.value("payload", json())};
}

} // namespace iothub::client
