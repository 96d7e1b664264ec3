#pragma once
// Asks the hub what it may have to read its store for: a store that fails is an error like others.
// Used by credentials and by nodes.

#include "common/result.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/store.hpp"

namespace iothub::amqp {

// What `ask` gives, a result; service_unavailable where the store could not be read.
template <class Ask>
auto with_store(core::hub& hub, Ask ask) -> decltype(ask()) {
    try {
        return ask();
    } catch (const core::store_fault& fault) {
        ++hub.count().errors;
        return error{errc::service_unavailable, "Service unavailable", fault.what()};
    }
}

} // namespace iothub::amqp
