#include "client/src/amqp/authorized_connection.hpp"

namespace iothub::client {

namespace {

std::optional<tls_context> tls_of(const amqp_access& access) {
    return access.tls
               ? std::optional<tls_context>(std::in_place, access.server.host, access.trusted)
               : std::nullopt;
}

} // namespace

authorized_connection::authorized_connection(const amqp_access& access, deadline until)
    : tls_(tls_of(access))
    , connection_(access.server, tls_ ? &*tls_ : nullptr, until)
    , requests_(connection_) {
    renew(access.signer, until);
}

void authorized_connection::renew(const policy_signer& signer, deadline until) {
    requests_.put_token(signer, until);
    renewal_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(signer.lifetime) / 2;
}

} // namespace iothub::client
