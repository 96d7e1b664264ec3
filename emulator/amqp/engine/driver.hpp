#pragma once
// Proton's connection driver as an object: a transport and its connection, set up as a server.
// Used by engine.

#include <proton/connection_driver.h>

#include <string>
#include <string_view>

#include "emulator/amqp/engine/sasl.hpp"

namespace iothub::amqp {

class driver {
public:
    driver(const std::string& container_id, sasl::judge let_in);
    ~driver();
    driver(const driver&) = delete;
    driver& operator=(const driver&) = delete;

    pn_transport_t* transport() { return driver_.transport; }
    pn_connection_t* connection() { return driver_.connection; }

    // How many bytes it took. Its events have to be handled before more is read.
    std::size_t read(std::string_view bytes);
    bool read_closed() { return pn_connection_driver_read_closed(&driver_); }

    pn_event_t* next_event() { return pn_connection_driver_next_event(&driver_); }

    // Appends what is to be sent.
    void take_output(std::string& into);

    // The peer has done what it must not: the connection closes with that condition.
    void fail(const char* name, const std::string& why);

    // There is no stream any more.
    void stream_ended() { pn_connection_driver_close(&driver_); }

private:
    pn_connection_driver_t driver_{};
    sasl sasl_;
};

} // namespace iothub::amqp
