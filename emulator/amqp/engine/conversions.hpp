#pragma once
// Between Proton's objects and the engine's own. Used by engine only.

#include <proton/condition.h>
#include <proton/delivery.h>
#include <proton/link.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/amqp/engine/condition.hpp"
#include "emulator/amqp/engine/link.hpp"

namespace iothub::amqp {

// The desired capabilities are encoded, or empty.
attach_request request_of(pn_link_t* which, std::string_view desired_capabilities);

void set(pn_condition_t* at, const condition& what);

// "amqp:connection:framing-error: why"; empty where none is set.
std::string text_of(pn_condition_t* what);

// Where the peer leaves it open, or does not know, a delivery is released.
outcome outcome_of(pn_delivery_t* one);

// Forgets what comes on a link that ends: kept, its bytes would close the session's window.
void discard(pn_delivery_t* one);

// The real service names its own limit where it receives, and the client's where it sends.
std::uint64_t message_limit(pn_link_t* which, std::uint64_t own);

// What the hub answers to an attach: the peer's own properties, settle modes and termini.
void echo_attach(pn_link_t* which, bool settles_at_once);
void echo_properties(pn_link_t* which);

} // namespace iothub::amqp
