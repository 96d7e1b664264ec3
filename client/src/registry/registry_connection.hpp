#pragma once
// What stands behind a registry_client and the clients it gives: signs requests with the policy's
// key, sends each over a connection that no other request uses meanwhile, and turns refusals into
// exceptions.

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/src/error_response.hpp"
#include "client/src/registry/http_exchange.hpp"
#include "common/connection_string.hpp"
#include "common/json_fwd.hpp"
#include "iothub/json_value.hpp"
#include "iothub/registry_client.hpp"

namespace iothub::client {

// One request to the registry: `path` is made of segments that are encoded one by one.
struct registry_request {
    std::string method;
    std::vector<std::string_view> path;
    error_subject subject = error_subject::device;
    std::optional<std::string_view> etag = std::nullopt; // the condition; nothing: no If-Match
    const json* body = nullptr;
    std::string query = {};  // besides api-version: "top=10"
    http_fields fields = {}; // besides If-Match; argument_invalid for what no header can have
    bool only_reads = false; // a POST that changes nothing
    std::string_view result_member = {}; // an object with it is an answer with status 400 too

    // That the hub may take for its answer, beside the operation time-out.
    std::chrono::seconds extra_time{0};
};

struct registry_answer {
    json_value document{}; // null where it has no body
    http_fields fields{};
};

class registry_connection {
public:
    // Throws argument_invalid where policy or key are missing, or an option is no good.
    registry_connection(connection_string service, const registry_options& options);

    // Throws what the hub refused it with.
    registry_answer ask(const registry_request& request);

    // The document alone.
    json send(const registry_request& request);

private:
    http_response exchange(const http_request& request, std::chrono::milliseconds time_out);
    std::unique_ptr<http_exchange> take_idle();
    std::unique_ptr<http_exchange> make_exchange() const;
    std::string authorization() const;

    connection_string service_;
    std::chrono::milliseconds time_out_;
    std::chrono::seconds token_lifetime_;
    endpoint server_;
    trust trusted_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<http_exchange>> idle_;
};

} // namespace iothub::client
