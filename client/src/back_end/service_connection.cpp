#include "client/src/back_end/service_connection.hpp"

#include <utility>

#include "client/src/back_end/cloud_to_device.hpp"
#include "client/src/connection_text.hpp"

namespace iothub::client {

namespace {

// Nothing keeps the connection alive between calls, and hubs drop those that are silent for 4 min.
constexpr std::chrono::seconds longest_silence{60};

registry_options registry_part(const service_options& options) {
    return {.ca_file = options.ca_file,
            .ca_pem = options.ca_pem,
            .port = options.port,
            .operation_timeout = options.operation_timeout,
            .sas_token_lifetime = options.sas_token_lifetime};
}

amqp_access access_of(const connection_string& service, const service_options& options) {
    const endpoint server = parse_endpoint(service.host_name, options.amqps_port, 0);
    return {.server = server,
            .tls = true,
            .trusted = resolve_trust(options.ca_file, options.ca_pem),
            .signer = {.resource = server.host,
                       .policy_name = service.shared_access_key_name,
                       .base64_key = service.shared_access_key,
                       .lifetime = options.sas_token_lifetime}};
}

} // namespace

service_connection::sending::sending(const amqp_access& access,
                                     authorized_connection::deadline until)
    : over(access, until)
    , link(over.connection().open_sender("/messages/devicebound", until)) {}

service_connection::service_connection(std::string_view text, const service_options& options)
    : registry_(registry_client::create_from_connection_string(text, registry_part(options)))
    , access_(access_of(read_connection_string(text), options))
    , time_out_(options.operation_timeout) {}

void service_connection::send(const identity_key& target, const cloud_to_device_message& message) {
    const std::string encoded = encode(to_amqp(target, message));
    const auto until = clock::now() + time_out_;
    const std::lock_guard lock(mutex_);
    auto by = std::exchange(kept_, nullptr);
    if (!by || !is_good(*by)) {
        by = std::make_unique<sending>(access_, until);
    }
    by->over.connection().send(by->link, encoded, until);
    by->used = clock::now();
    kept_ = std::move(by);
}

bool service_connection::is_good(const sending& kept) const {
    const auto now = clock::now();
    return now - kept.used < longest_silence && now < kept.over.renewal() &&
           kept.over.connection().is_open();
}

} // namespace iothub::client
