#include "emulator/net/tcp_stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

namespace iothub::net {

namespace {

transfer failed(const boost::system::error_code& ec) {
    if (ec == boost::asio::error::eof)
        return {.status = transfer_status::ended};
    if (ec == boost::asio::error::connection_reset)
        return {.status = transfer_status::failed, .failure = "reset by the peer"};
    return {.status = transfer_status::failed, .failure = ec.message()};
}

} // namespace

transfer tcp_stream::read_some(std::span<char> into) {
    boost::system::error_code ec;
    const std::size_t count = socket().read_some(boost::asio::buffer(into.data(), into.size()), ec);
    if (ec == boost::asio::error::would_block)
        return {.status = transfer_status::want_read};
    if (ec)
        return failed(ec);
    return {.bytes = count, .more = count == into.size()};
}

transfer tcp_stream::write_some(std::string_view bytes) {
    boost::system::error_code ec;
    const std::size_t count =
        socket().write_some(boost::asio::buffer(bytes.data(), bytes.size()), ec);
    if (ec == boost::asio::error::would_block)
        return {.status = transfer_status::want_write};
    if (ec)
        return failed(ec);
    return {.bytes = count};
}

} // namespace iothub::net
