#include "emulator/net/listener.hpp"

#include <boost/asio/ip/v6_only.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "emulator/net/close_on_exec.hpp"
#include "emulator/net/tcp_stream.hpp"
#include "emulator/net/tls_stream.hpp"

namespace iothub::net {

namespace {

namespace asio = boost::asio;
namespace causes = boost::system::errc;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds accept_pause(100);

std::string written(const tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" +
           std::to_string(endpoint.port());
}

listen_error explain(const error_code& code, const std::string& address, std::uint16_t port) {
    const std::string place = "port " + std::to_string(port) + " on " + address;
    if (code == causes::address_in_use)
        return {code, place + " is in use"};
    if (code == causes::permission_denied)
        return {code, place + " may not be bound: permission denied (ports below 1024 take root "
                              "or CAP_NET_BIND_SERVICE)"};
    if (code == causes::address_not_available)
        return {code, place + " cannot be bound: this machine has no such address"};
    return {code, place + " cannot be listened on: " + code.message()};
}

void listen_on(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, error_code& ec) {
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) {
        close_on_exec(acceptor.native_handle());
        acceptor.set_option(asio::socket_base::reuse_address(true), ec);
    }
    if (!ec && endpoint.address().is_v6())
        acceptor.set_option(asio::ip::v6_only(true), ec);
    if (!ec)
        acceptor.bind(endpoint, ec);
    if (!ec)
        acceptor.listen(asio::socket_base::max_listen_connections, ec);
}

// What clients end the handshake with that do not like the hub's certificate. Some only leave.
bool is_distrust(std::string_view failure) {
    constexpr std::array<std::string_view, 6> ways{
        "alert unknown ca",          "alert bad certificate",
        "alert certificate unknown", "unexpected eof while reading",
        "closed by the peer",        "reset by the peer"};
    return std::ranges::any_of(
        ways, [failure](std::string_view way) { return failure.find(way) != failure.npos; });
}

constexpr const char* distrust = "; the client does not trust this hub's CA (ca.pem), or used a "
                                 "name that is not in the certificate";

} // namespace

void throw_exception_from_error(const listen_error& e, const boost::source_location&) {
    throw std::runtime_error(e.message);
}

listener::open_result listener::open(asio::io_context& loop, listener_options options) {
    error_code ec;
    const auto address = asio::ip::make_address(options.address, ec);
    if (ec)
        return listen_error{ec, "\"" + options.address + "\" is not an IP address"};
    tcp::acceptor acceptor(loop);
    listen_on(acceptor, tcp::endpoint(address, options.port), ec);
    if (ec)
        return explain(ec, options.address, options.port);
    const std::shared_ptr<listener> opened(new listener(std::move(acceptor), std::move(options)));
    opened->accept_next();
    return opened;
}

listener::listener(tcp::acceptor acceptor, listener_options options)
    : acceptor_(std::move(acceptor))
    , pause_(acceptor_.get_executor())
    , options_(std::move(options))
    , port_(acceptor_.local_endpoint().port()) {}

void listener::stop() {
    stopped_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
}

void listener::accept_next() {
    acceptor_.async_accept(peer_, [self = shared_from_this()](error_code ec, tcp::socket socket) {
        self->accepted(ec, std::move(socket));
    });
}

void listener::accepted(const error_code& ec, tcp::socket socket) {
    if (stopped_)
        return;
    if (ec)
        return pause(ec);
    failing_ = false;
    close_on_exec(socket.native_handle());
    admit(std::move(socket));
    if (!stopped_)
        accept_next();
}

// Out of descriptors or memory: trying again at once would only spin.
void listener::pause(const error_code& why) {
    if (!std::exchange(failing_, true))
        refuse("port " + std::to_string(port_) + " accepts nothing for now: " + why.message());
    pause_.expires_after(accept_pause);
    pause_.async_wait([self = shared_from_this()](error_code) {
        if (!self->stopped_)
            self->accept_next();
    });
}

void listener::admit(tcp::socket socket) {
    const auto& connections = options_.connections;
    if (connections->full())
        return refuse(written(peer_) + " refused: " + std::to_string(connections->limit()) +
                      " connections are open");
    const auto stream = make_stream(std::move(socket));
    if (options_.acknowledge_at_once)
        stream->acknowledge_at_once();
    stream->join(connections);
    stream->open(options_.handshake_limit,
                 [self = shared_from_this(), &stream = *stream](std::string_view failure) {
                     self->opened(stream, failure);
                 });
}

std::shared_ptr<socket_stream> listener::make_stream(tcp::socket socket) const {
    if (options_.tls)
        return std::make_shared<tls_stream>(std::move(socket), written(peer_), *options_.tls);
    return std::make_shared<tcp_stream>(std::move(socket), written(peer_));
}

void listener::opened(socket_stream& stream, std::string_view failure) {
    if (stopped_)
        return stream.abort("the listener has stopped");
    if (!failure.empty())
        return refuse(stream.remote().address + " refused: " + std::string(failure) +
                      (is_distrust(failure) ? distrust : ""));
    options_.on_accept(stream.shared_from_this());
}

void listener::refuse(std::string_view line) const {
    if (options_.on_refusal)
        options_.on_refusal(line);
}

} // namespace iothub::net
