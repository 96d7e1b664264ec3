#pragma once
// Why a link, a session or a connection ends, or a delivery is rejected (OASIS AMQP 1.0, part 2
// §2.8.14).

#include <string>

#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

struct condition {
    std::string name;        // "amqp:not-found"
    std::string description; // may be empty
    map info = {};           // keys are symbols
};

} // namespace iothub::amqp
