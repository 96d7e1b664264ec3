#pragma once
// From how a hub refuses over AMQP (service API §7, the conditions of links, connections and
// rejected deliveries) to the details of an exception. Used by amqp_connection.

#include <string>

#include "iothub/hub_error.hpp"

namespace iothub::client {

struct amqp_refusal {
    std::string condition;   // "amqp:not-found"
    std::string description; // a text, or `{"errorCode":404001,"message":…,"trackingId":…}`
    int code = 0;            // six digits, of the info "com.microsoft:error-code"; 0: none
    std::string tracking_id; // of the info "com.microsoft:tracking-id"
};

// The six digits tell more than the condition, which counts where there are none.
hub_error_details read_refusal(const amqp_refusal& refusal);

// The answer of a request on "$cbs" or "$management": its status-code, 300 or above, and what it
// says.
hub_error_details read_refused_request(int status, const std::string& description);

} // namespace iothub::client
