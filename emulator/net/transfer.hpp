#pragma once
// What one attempt to read from or write to a non-blocking connection came to: the vocabulary
// between socket_stream, which waits, and its two transports, TCP and TLS, which move bytes.

#include <cstddef>
#include <string>

namespace iothub::net {

enum class transfer_status { done, want_read, want_write, ended, failed };

struct transfer {
    transfer_status status = transfer_status::done;
    std::size_t bytes = 0;
    bool more = true;      // of a read that is done: false when the source is known to be empty now
    std::string failure{}; // why it failed, for the log
};

} // namespace iothub::net
