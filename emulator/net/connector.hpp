#pragma once
// Connects to a server as a client: finds its addresses, tries them, has TLS shake hands where that
// is wanted, and hands over a stream that is ready to start. Used by blob/.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/result.hpp"
#include "emulator/net/byte_stream.hpp"
#include "emulator/net/name_lookup.hpp"
#include "emulator/net/socket_stream.hpp"
#include "emulator/net/tls_client_context.hpp"

namespace iothub::net {

struct destination {
    std::string host; // a name or an IP address, without brackets
    std::uint16_t port = 0;
    std::shared_ptr<tls_client_context> tls; // null: plain TCP
};

class connector : public std::enable_shared_from_this<connector> {
public:
    using handler = std::function<void(result<std::shared_ptr<byte_stream>>)>;

    // Everything together takes `limit` at most. `done` is called once, never from within; its
    // error says what went wrong ("connection refused").
    static std::shared_ptr<connector> connect(const boost::asio::any_io_executor& executor,
                                              destination to, std::chrono::milliseconds limit,
                                              handler done);

    // The handler is not called any more.
    void cancel();

private:
    using tcp = boost::asio::ip::tcp;

    connector(const boost::asio::any_io_executor& executor, destination to, handler done);

    void start(std::chrono::milliseconds limit);
    void resolve();
    void try_next();
    void connected();
    void finish(result<std::shared_ptr<byte_stream>> outcome);
    void fail(const std::string& why);

    destination to_;
    handler done_;
    std::unique_ptr<name_lookup> lookup_;
    tcp::socket socket_;
    boost::asio::steady_timer timer_;
    std::vector<tcp::endpoint> addresses_; // those that are left, the next one last
    std::shared_ptr<socket_stream> stream_;
};

} // namespace iothub::net
