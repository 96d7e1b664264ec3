#include "emulator/amqp/engine/driver.hpp"

#include <proton/connection.h>
#include <proton/logger.h>
#include <proton/transport.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include "emulator/amqp/engine/frame_padding.hpp"

namespace iothub::amqp {

driver::driver(const std::string& container_id, sasl::judge let_in)
    : sasl_(std::move(let_in)) {
    if (pn_connection_driver_init(&driver_, nullptr, nullptr) != 0) {
        throw std::bad_alloc();
    }
    // What peers do wrong is the hub's to log; traces asked for by PN_LOG stay.
    pn_logger_reset_mask(pn_transport_logger(driver_.transport), PN_SUBSYSTEM_NONE,
                         static_cast<pn_log_level_t>(PN_LEVEL_ERROR | PN_LEVEL_WARNING));
    pn_transport_set_server(driver_.transport);
    pn_transport_require_auth(driver_.transport, false);
    sasl_.install(driver_.transport);
    pn_connection_set_container(driver_.connection, container_id.c_str());
}

driver::~driver() {
    pn_connection_driver_destroy(&driver_);
}

std::size_t driver::read(std::string_view bytes) {
    const pn_rwbytes_t room = pn_connection_driver_read_buffer(&driver_);
    const std::size_t count = std::min(room.size, bytes.size());
    if (count > 0) {
        std::memcpy(room.start, bytes.data(), count);
        pn_connection_driver_read_done(&driver_, count);
    }
    return count;
}

void driver::take_output(std::string& into) {
    constexpr std::size_t any_size = std::numeric_limits<std::size_t>::max();
    const std::size_t max_frame = pn_transport_get_remote_max_frame(driver_.transport);
    std::string frames;
    for (pn_bytes_t ready = pn_connection_driver_write_buffer(&driver_); ready.size > 0;
         ready = pn_connection_driver_write_buffer(&driver_)) {
        frames.append(ready.start, ready.size);
        pn_connection_driver_write_done(&driver_, ready.size);
    }
    append_padded(frames, max_frame == 0 ? any_size : max_frame, into);
}

void driver::fail(const char* name, const std::string& why) {
    pn_connection_driver_errorf(&driver_, name, "%s", why.c_str());
    pn_connection_driver_read_close(&driver_);
}

} // namespace iothub::amqp
