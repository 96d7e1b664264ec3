#pragma once
// A hub whose store can be told to fail, with what a test holds of it in its hand.

#include "support/faulty_store.hpp"
#include "support/memory_hub.hpp"

namespace iothub::test {

struct faulty_hub {
    manual_clock clock;
    fixed_ids ids;
    recording_log log;
    storage::memory_store memory;
    faulty_store store{memory};
    core::hub h{store, clock, ids, log};
};

} // namespace iothub::test
