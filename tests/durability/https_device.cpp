#include "durability/https_device.hpp"

#include <chrono>
#include <stdexcept>

#include "client/src/security/trust.hpp"
#include "common/sas_token.hpp"

namespace iothub::durability {

namespace {

std::string token_of(const hub_access& hub, const std::string& device_id) {
    using namespace std::chrono;
    const auto key = hub.registry().get_device(device_id).authentication.symmetric_key.primary_key;
    const auto expiry = time_point_cast<ticks>(system_clock::now()) + hours(1);
    return *make_sas_token("localhost/devices/" + device_id, key, expiry);
}

std::int64_t number_in(const client::http_fields& fields, const char* name) {
    return std::stoll(std::string(fields.find(name)));
}

} // namespace

https_device::https_device(const hub_access& hub, std::string device_id)
    : id_(std::move(device_id))
    , token_(token_of(hub, id_))
    , exchange_({"localhost", hub.https_port()},
                client::tls_context("localhost", client::resolve_trust(hub.ca_file(), ""))) {}

client::http_response https_device::ask(const std::string& method, const std::string& rest) {
    return exchange_.exchange(
        {.method = method,
         .target = "/devices/" + id_ + "/messages/deviceBound" + rest + "?api-version=2021-04-12",
         .authorization = token_},
        "localhost", std::chrono::seconds(20));
}

std::optional<locked_message> https_device::receive() {
    const client::http_response answer = ask("GET", "");
    if (answer.status == 204) {
        return std::nullopt;
    }
    if (answer.status != 200) {
        throw std::runtime_error("a receive was answered with " + std::to_string(answer.status));
    }
    std::string lock(answer.fields.find("ETag"));
    std::erase(lock, '"');
    return locked_message{lock, std::string(answer.fields.find("iothub-messageid")),
                          number_in(answer.fields, "iothub-sequencenumber"),
                          number_in(answer.fields, "iothub-deliverycount")};
}

void https_device::settle(const std::string& method, const std::string& rest) {
    const int status = ask(method, rest).status;
    if (status != 204) {
        throw std::runtime_error("a settlement was answered with " + std::to_string(status));
    }
}

void https_device::complete(const locked_message& message) {
    settle("DELETE", "/" + message.lock);
}

void https_device::abandon(const locked_message& message) {
    settle("POST", "/" + message.lock + "/abandon");
}

} // namespace iothub::durability
