#include "client/src/back_end/event_hub_address.hpp"

#include <map>

#include "client/src/connection_text.hpp"
#include "client/src/error_details.hpp"
#include "common/base64.hpp"
#include "common/letter_case.hpp"

namespace iothub::client {

namespace {

constexpr std::uint16_t amqps_port = 5671;
constexpr std::uint16_t amqp_port = 5672;
constexpr const char* default_entity = "messages/events";
constexpr std::string_view scheme = "sb://";

using parts = std::map<std::string, std::string>;

std::string part_in(const parts& all, const std::string& key) {
    const auto found = all.find(key);
    return found == all.end() ? std::string() : found->second;
}

// "sb://host:5672/": the host and the port.
std::string_view place_in(std::string_view endpoint_text) {
    if (!starts_with_ignoring_case(endpoint_text, scheme)) {
        throw_argument_invalid("The Endpoint of the connection string does not begin with sb://");
    }
    endpoint_text.remove_prefix(scheme.size());
    return endpoint_text.substr(0, endpoint_text.find('/'));
}

// The SDKs of Event Hubs sign with the key's text as it stands.
event_hub_address read_event_hubs(const parts& all, const event_consumer_options& options) {
    const bool tls = !equal_ignoring_case(part_in(all, "usedevelopmentemulator"), "true");
    const std::string entity = part_in(all, "entitypath");
    event_hub_address read;
    read.access.tls = tls;
    read.access.server = parse_endpoint(place_in(part_in(all, "endpoint")), options.port,
                                        tls ? amqps_port : amqp_port);
    read.access.signer.resource = std::string(scheme) + read.access.server.host;
    if (!entity.empty()) {
        read.access.signer.resource += "/" + entity;
    }
    read.access.signer.base64_key = base64_encode(part_in(all, "sharedaccesskey"));
    read.entity = entity.empty() ? default_entity : entity;
    return read;
}

event_hub_address read_local(std::string_view text, const event_consumer_options& options) {
    const connection_string service = read_connection_string(text);
    if (!base64_decode(service.shared_access_key)) {
        throw_argument_invalid("The SharedAccessKey of the connection string is not base64");
    }
    event_hub_address read;
    read.access.server = parse_endpoint(service.host_name, options.port.value_or(amqps_port), 0);
    read.access.signer.resource = read.access.server.host;
    read.access.signer.base64_key = service.shared_access_key;
    read.entity = default_entity;
    return read;
}

void check(const policy_signer& signer, const event_consumer_options& options) {
    if (signer.policy_name.empty() || signer.base64_key.empty()) {
        throw_argument_invalid("The connection string has no SharedAccessKeyName or no "
                               "SharedAccessKey");
    }
    if (options.operation_timeout.count() <= 0 || options.sas_token_lifetime.count() <= 0) {
        throw_argument_invalid("operation_timeout and sas_token_lifetime are not above zero");
    }
}

} // namespace

event_hub_address read_event_hub_address(std::string_view text,
                                         const event_consumer_options& options) {
    const auto all = split_connection_string(text);
    if (!all) {
        throw_argument_invalid(all.error().message);
    }
    event_hub_address read =
        all->contains("endpoint") ? read_event_hubs(*all, options) : read_local(text, options);
    read.access.trusted = resolve_trust(options.ca_file, options.ca_pem);
    read.access.signer.policy_name = part_in(*all, "sharedaccesskeyname");
    read.access.signer.lifetime = options.sas_token_lifetime;
    check(read.access.signer, options);
    return read;
}

} // namespace iothub::client
