#pragma once
// Binds what a hub listens on, and says in one line which port is taken and what to do about it.

#include <functional>
#include <memory>
#include <vector>

#include "common/log.hpp"
#include "emulator/app/connection_strings.hpp"
#include "emulator/app/options.hpp"
#include "emulator/net/listener.hpp"

namespace iothub::app {

class listeners {
public:
    using accept_handler = std::function<void(std::shared_ptr<net::byte_stream>)>;

    struct handlers {
        accept_handler https;
        accept_handler mqtts;
        accept_handler amqps;
        accept_handler amqp;
        accept_handler management;
    };

    // start_up_error where a port cannot be had. On the default host, ::1 is listened on as well
    // where that is possible.
    listeners(boost::asio::io_context& loop, const options& o,
              std::shared_ptr<net::tls_context> tls, handlers accept, iothub::log& log);

    const bound_ports& ports() const { return ports_; }

    // No further connection is accepted.
    void stop();

    net::connection_set& connections() { return *connections_; }

private:
    struct purpose {
        const char* name;   // "https": the component in the log
        const char* option; // "--https-port"
        std::shared_ptr<net::tls_context> tls;
        accept_handler accept;
        bool acknowledge_at_once = false;
    };

    std::uint16_t bind(const purpose& p, std::uint16_t port);
    std::uint16_t bind_https(const purpose& p, std::optional<std::uint16_t> port);
    void bind_ipv6_loopback(const purpose& p, std::uint16_t port);
    net::listener::open_result open(const purpose& p, const std::string& address,
                                    std::uint16_t port);

    boost::asio::io_context& loop_;
    iothub::log& log_;
    std::string host_;
    std::shared_ptr<net::connection_set> connections_;
    std::vector<std::shared_ptr<net::listener>> open_;
    bound_ports ports_;
};

} // namespace iothub::app
