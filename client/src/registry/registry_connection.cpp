#include "client/src/registry/registry_connection.hpp"

#include <algorithm>
#include <utility>

#include "client/src/error_details.hpp"
#include "client/src/registry/etags.hpp"
#include "client/src/security/trust.hpp"
#include "common/base64.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/percent_encoding.hpp"
#include "common/sas_token.hpp"

namespace iothub::client {

namespace {

constexpr std::uint16_t https_port = 443;
constexpr const char* api_version = "api-version=2024-03-31";

const connection_string& checked(const connection_string& service, const registry_options& o) {
    const auto key = base64_decode(service.shared_access_key);
    if (service.shared_access_key_name.empty() || !key || key->empty()) {
        throw_argument_invalid("The connection string has no SharedAccessKeyName, or no "
                               "SharedAccessKey that is base64");
    }
    if (o.operation_timeout.count() <= 0 || o.sas_token_lifetime.count() <= 0) {
        throw_argument_invalid("operation_timeout and sas_token_lifetime are not above zero");
    }
    return service;
}

endpoint server_of(const connection_string& service, const registry_options& o) {
    return parse_endpoint(checked(service, o).host_name, o.port, https_port);
}

std::string target_of(const registry_request& request) {
    std::string target;
    for (const std::string_view segment : request.path) {
        if (segment.empty()) {
            throw_argument_invalid("An id is empty");
        }
        target += "/" + percent_encode(segment);
    }
    target += "?" + std::string(api_version);
    return request.query.empty() ? target : target + "&" + request.query;
}

http_fields fields_of(const registry_request& request) {
    http_fields fields = request.fields;
    for (const auto& [name, value] : fields.list) {
        if (std::ranges::any_of(value, [](unsigned char c) { return c < 0x20 || c > 0x7e; })) {
            throw_argument_invalid("The value for " + name + " has a character that none has");
        }
    }
    if (request.etag) {
        fields.list.emplace_back("If-Match", quoted(*request.etag));
    }
    return fields;
}

json document_of(const http_response& response) {
    if (response.body.empty()) {
        return nullptr;
    }
    auto document = parse_json(response.body);
    if (!document) {
        throw_error(hub_error_kind::protocol,
                    "The hub's answer is not JSON: " + document.error().message);
    }
    return *std::move(document);
}

// Part of what was asked for may have failed: that is an answer, with the status of a refusal.
bool is_answer(const http_response& response, const registry_request& request) {
    if (response.status == 400 && !request.result_member.empty()) {
        const auto document = parse_json(response.body);
        return document && document->is_object() && document->contains(request.result_member);
    }
    return response.status >= 200 && response.status < 300;
}

} // namespace

registry_connection::registry_connection(connection_string service, const registry_options& options)
    : service_(std::move(service))
    , time_out_(options.operation_timeout)
    , token_lifetime_(options.sas_token_lifetime)
    , server_(server_of(service_, options))
    , trusted_(resolve_trust(options.ca_file, options.ca_pem)) {
    idle_.push_back(make_exchange()); // so that a file that cannot be read shows at once
}

json registry_connection::send(const registry_request& request) {
    return *ask(request).document;
}

registry_answer registry_connection::ask(const registry_request& request) {
    const http_response response =
        exchange({.method = request.method,
                  .target = target_of(request),
                  .authorization = authorization(),
                  .fields = fields_of(request),
                  .body = request.body == nullptr ? "" : to_text(*request.body),
                  .only_reads = request.only_reads || request.method == "GET"},
                 time_out_ + request.extra_time);
    if (!is_answer(response, request)) {
        throw_error(read_error({.status = response.status,
                                .symbolic_code = response.fields.find("iothub-errorcode"),
                                .body = response.body,
                                .subject = request.subject}));
    }
    return {document_of(response), response.fields};
}

http_response registry_connection::exchange(const http_request& request,
                                            std::chrono::milliseconds time_out) {
    const auto give_back = [this](http_exchange* used) {
        const std::lock_guard lock(mutex_);
        idle_.emplace_back(used);
    };
    const std::unique_ptr<http_exchange, decltype(give_back)> one(take_idle().release(), give_back);
    return one->exchange(request, service_.host_name, time_out);
}

std::unique_ptr<http_exchange> registry_connection::take_idle() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        return make_exchange();
    }
    auto one = std::move(idle_.back());
    idle_.pop_back();
    return one;
}

std::unique_ptr<http_exchange> registry_connection::make_exchange() const {
    return std::make_unique<http_exchange>(server_, tls_context(server_.host, trusted_));
}

std::string registry_connection::authorization() const {
    const auto now = std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
    return *make_sas_token(service_.host_name, service_.shared_access_key, now + token_lifetime_,
                           service_.shared_access_key_name);
}

} // namespace iothub::client
