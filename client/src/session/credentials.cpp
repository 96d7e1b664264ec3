#include "client/src/session/credentials.hpp"

#include <utility>

#include "client/src/error_details.hpp"
#include "common/base64.hpp"
#include "common/percent_encoding.hpp"
#include "common/sas_token.hpp"

namespace iothub::client {

namespace {

constexpr std::uint16_t mqtts_port = 8883;
constexpr std::size_t max_id = 128;
constexpr std::string_view client_type = "iothub-cpp-client/" IOTHUB_CLIENT_VERSION;

std::string resource_of(const connection_string& parsed) {
    std::string resource = parsed.host_name + "/devices/" + parsed.device_id;
    return parsed.module_id.empty() ? resource : resource + "/modules/" + parsed.module_id;
}

std::string make_user_name(const connection_string& parsed, const client_options& options) {
    const identity_key self{parsed.device_id, parsed.module_id};
    std::string type(client_type);
    if (!options.product_info.empty()) {
        type += " " + options.product_info;
    }
    std::string name = parsed.host_name + "/" + self.text() +
                       "/?api-version=2021-04-12&DeviceClientType=" + percent_encode(type);
    if (!options.model_id.empty()) {
        name += "&model-id=" + percent_encode(options.model_id);
    }
    return name;
}

const std::string& server_name(const connection_string& parsed) {
    return parsed.gateway_host_name.empty() ? parsed.host_name : parsed.gateway_host_name;
}

// No id has these; in a client id and a user name they would end it.
void check_id(const std::string& id, const char* name) {
    if (id.size() > max_id || id.find_first_of("/ ") != std::string::npos) {
        throw_argument_invalid("The " + std::string(name) +
                               " is longer than 128 characters or has a / or a space");
    }
}

void check_credential(const connection_string& parsed, const client_options& options) {
    const bool certificate = !options.certificate_file.empty() || !options.certificate_pem.empty();
    if (!parsed.shared_access_key.empty()) {
        const auto key = base64_decode(parsed.shared_access_key);
        if (!key || key->empty()) {
            throw_argument_invalid("The SharedAccessKey of the connection string is not base64");
        }
    } else if (parsed.x509 && !certificate) {
        throw_argument_invalid("x509=true needs a certificate and a private key in the options");
    } else if (parsed.shared_access_signature.empty() && !certificate) {
        throw_argument_invalid("The connection string has neither SharedAccessKey nor "
                               "SharedAccessSignature, and the options have no certificate");
    }
}

std::optional<timestamp> expiry_of(const std::string& token) {
    if (token.empty()) {
        return std::nullopt;
    }
    const auto parsed = sas_token::parse(token);
    if (!parsed) {
        throw_argument_invalid(
            "The SharedAccessSignature of the connection string is no SAS token");
    }
    return parsed->expiry;
}

} // namespace

credentials::credentials(connection_string parsed, const client_options& options)
    : parsed_(std::move(parsed))
    , server_(parse_endpoint(server_name(parsed_), options.port, mqtts_port))
    , user_name_(make_user_name(parsed_, options))
    , token_lifetime_(options.sas_token_lifetime)
    , renewal_percent_(options.sas_renewal_percent)
    , fixed_expiry_(expiry_of(parsed_.shared_access_signature)) {
    if (parsed_.device_id.empty()) {
        throw_argument_invalid("The connection string has no DeviceId");
    }
    check_id(parsed_.device_id, "DeviceId");
    check_id(parsed_.module_id, "ModuleId");
    check_credential(parsed_, options);
}

password credentials::issue(timestamp now) const {
    if (renewable()) {
        const timestamp expiry = now + token_lifetime_;
        return {*make_sas_token(resource_of(parsed_), parsed_.shared_access_key, expiry,
                                parsed_.shared_access_key_name),
                expiry};
    }
    return {parsed_.shared_access_signature, fixed_expiry_};
}

std::chrono::seconds credentials::renew_after() const {
    return token_lifetime_ * renewal_percent_ / 100;
}

} // namespace iothub::client
