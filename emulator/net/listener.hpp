#pragma once
// One listening socket: accepts connections, has TLS shake hands, and hands over streams that are
// ready to start. Made by app, one for each protocol and address.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/net/connection_set.hpp"
#include "emulator/net/socket_stream.hpp"
#include "emulator/net/tls_context.hpp"

namespace iothub::net {

// Why an address cannot be listened on: `message` names port and address, `code` tells the causes
// apart (boost::system::errc::permission_denied, address_in_use, address_not_available …).
struct listen_error {
    boost::system::error_code code;
    std::string message;
};

[[noreturn]] void throw_exception_from_error(const listen_error& e,
                                             const boost::source_location& where);

struct listener_options {
    std::string address = "127.0.0.1"; // an IPv4 or IPv6 literal
    std::uint16_t port = 0;            // 0: any free one
    std::shared_ptr<tls_context> tls;  // null: plain TCP
    std::shared_ptr<connection_set> connections;
    bool acknowledge_at_once = false; // socket_stream::acknowledge_at_once
    std::chrono::milliseconds handshake_limit = std::chrono::seconds(10);

    // A connection that is ready: call start() on it.
    std::function<void(std::shared_ptr<byte_stream>)> on_accept;

    // A line for the log: who was refused and why, or why accepting pauses.
    std::function<void(std::string_view)> on_refusal;
};

class listener : public std::enable_shared_from_this<listener> {
public:
    using open_result = boost::system::result<std::shared_ptr<listener>, listen_error>;

    // Bound and listening when it returns. An IPv6 address takes no IPv4 connections, so that
    // 127.0.0.1 and ::1 can have a listener each on the same port.
    static open_result open(boost::asio::io_context& loop, listener_options options);

    std::uint16_t port() const { return port_; }

    // No callback comes after it; streams that were handed over live on.
    void stop();

private:
    using tcp = boost::asio::ip::tcp;

    listener(tcp::acceptor acceptor, listener_options options);

    void accept_next();
    void accepted(const boost::system::error_code& ec, tcp::socket socket);
    void pause(const boost::system::error_code& why);
    void admit(tcp::socket socket);
    std::shared_ptr<socket_stream> make_stream(tcp::socket socket) const;
    void opened(socket_stream& stream, std::string_view failure);
    void refuse(std::string_view line) const;

    tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    listener_options options_;
    std::uint16_t port_;
    tcp::endpoint peer_;
    bool failing_ = false; // the last attempt to accept failed, and was reported
    bool stopped_ = false;
};

} // namespace iothub::net
