#include "emulator/amqp/engine/sasl.hpp"

#include <proton/sasl.h>
#include <proton/sasl_plugin.h>
#include <proton/transport.h>

namespace iothub::amqp {

namespace {

sasl& of(pn_transport_t* transport) {
    return *static_cast<sasl*>(pnx_sasl_get_context(transport));
}

void post_outcome(pn_transport_t* transport, bool let_in) {
    if (let_in) {
        pnx_sasl_set_succeeded(transport, "peer", nullptr);
    } else {
        pnx_sasl_set_failed(transport);
    }
    pnx_sasl_set_desired_state(transport, SASL_POSTED_OUTCOME);
}

const char* mechanisms(pn_transport_t*) {
    return "EXTERNAL MSSBCBS ANONYMOUS PLAIN";
}

bool begin(pn_transport_t* transport) {
    pnx_sasl_set_desired_state(transport, SASL_POSTED_MECHANISMS);
    return true;
}

void take_init(pn_transport_t* transport, const char* mechanism, const pn_bytes_t* response) {
    const std::string_view said = response->start == nullptr
                                      ? std::string_view()
                                      : std::string_view(response->start, response->size);
    post_outcome(transport, of(transport).decide(mechanism, said));
}

// No mechanism here has a challenge to respond to.
void take_response(pn_transport_t* transport, const pn_bytes_t*) {
    post_outcome(transport, false);
}

} // namespace

void sasl::install(pn_transport_t* transport) {
    static const pnx_sasl_implementation functions = {
        .free = [](pn_transport_t*) {},
        .list_mechanisms = mechanisms,
        .init_server = begin,
        .init_client = [](pn_transport_t*) { return false; },
        .prepare_write = [](pn_transport_t*) {},
        .process_init = take_init,
        .process_response = take_response,
        .process_mechanisms = [](pn_transport_t*, const char*) { return false; },
        .process_challenge = [](pn_transport_t*, const pn_bytes_t*) {},
        .process_outcome = [](pn_transport_t*, const pn_bytes_t*) {},
        .can_encrypt = [](pn_transport_t*) { return false; },
        .max_encrypt_size = [](pn_transport_t*) -> ssize_t { return 0; },
        .encode = [](pn_transport_t*, pn_bytes_t, pn_bytes_t*) -> ssize_t { return 0; },
        .decode = [](pn_transport_t*, pn_bytes_t, pn_bytes_t*) -> ssize_t { return 0; },
    };
    pn_sasl(transport);
    pnx_sasl_set_implementation(transport, &functions, this);
}

} // namespace iothub::amqp
