#pragma once
// Events as the management API shows them (docs/management-api.md, "Events").

#include <cstddef>
#include <string>

#include "emulator/management/events/reader.hpp"

namespace iothub::management {

// One event as JSON text, on one line.
std::string event_text(const placed_event& e);

// {"events":[…],"next":"…"} of the reader's next events: at most `limit`, and not more than about
// 4 MiB, but at least one where there is one. Throws core::store_fault.
std::string events_page(event_reader& reader, std::size_t limit);

} // namespace iothub::management
