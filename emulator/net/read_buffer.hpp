#pragma once
// The one buffer that all streams of a loop read into. A stream has handed its bytes to its sink
// before the next one reads, so a connection that is idle holds no buffer of its own.

#include <boost/asio/execution_context.hpp>

#include <array>
#include <span>

namespace iothub::net {

class read_buffer final : public boost::asio::execution_context::service {
public:
    static inline boost::asio::execution_context::id id;

    explicit read_buffer(boost::asio::execution_context& context)
        : service(context) {}

    std::span<char> bytes() { return bytes_; }

private:
    void shutdown() override {}

    std::array<char, 64 * 1024> bytes_{};
};

} // namespace iothub::net
