#pragma once
// One HTTP/1.1 request to a blob storage and its answer, on a connection of its own (RFC 9112).
// Bounded in time and size, and nobody's redirects are followed. Used by http_container.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "common/result.hpp"
#include "emulator/net/byte_stream.hpp"
#include "emulator/net/connector.hpp"

namespace iothub::blob {

struct exchange_limits {
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds answer{60'000}; // from the connection to the end of the answer
    std::size_t head = 16 * 1024;
    std::size_t body = 2 * 1024 * 1024;
};

struct answer {
    int status = 0;
    std::string error_code;    // x-ms-error-code
    std::string content_range; // "bytes 0-99/1234"
    std::string body;
};

class exchange final : public net::byte_sink, public std::enable_shared_from_this<exchange> {
public:
    using handler = std::function<void(result<answer>)>;

    exchange(boost::asio::any_io_executor executor, const exchange_limits& limits, handler done);
    ~exchange() override;

    // Once. `request` is what goes over the wire. The handler is called once, and not from within;
    // its error (blob_container_validation_error) says what went wrong.
    void start(const net::destination& server, std::string request);

    // The handler is not called any more.
    void cancel();

    void received(std::string_view bytes) override;
    void closed(std::string_view reason) override;
    void drained() override {}

private:
    class response;

    void connected(result<std::shared_ptr<net::byte_stream>> outcome);
    void finish(result<answer> outcome);
    void fail(const std::string& why);

    exchange_limits limits_;
    handler done_;
    boost::asio::steady_timer timer_;
    std::string request_;
    std::unique_ptr<response> response_;
    std::shared_ptr<net::connector> connector_;
    std::shared_ptr<net::byte_stream> stream_;
};

} // namespace iothub::blob
