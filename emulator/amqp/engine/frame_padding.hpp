#pragma once
// Fills up the fields that Proton leaves off at the end of a performative (OASIS AMQP 1.0, part 1
// §1.4 lets it): azure-eventhub for Python reads them by their index and fails where there are
// none. Used by driver.

#include <cstddef>
#include <string>
#include <string_view>

namespace iothub::amqp {

// Appends `frames`, whole frames and protocol headers, with their begin and transfer performatives
// filled up; a frame that would be larger than `max_frame` then stays as it is.
void append_padded(std::string_view frames, std::size_t max_frame, std::string& into);

} // namespace iothub::amqp
