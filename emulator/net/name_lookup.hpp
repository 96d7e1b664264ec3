#pragma once
// Finds the addresses of a host on a thread of its own, which nobody ever waits for: the system's
// resolver cannot be interrupted, and a hub that stops has two seconds. Used by connector.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/result.hpp"

namespace iothub::net {

class name_lookup {
public:
    using addresses = std::vector<boost::asio::ip::tcp::endpoint>;
    using handler = std::function<void(result<addresses>)>;

    // At one time in the process, abandoned ones among them.
    static constexpr int max_threads = 16;

    // What is called on the thread, and may block.
    using resolver = std::function<result<addresses>(const std::string& host, std::uint16_t port)>;
    static result<addresses> ask_system(const std::string& host, std::uint16_t port);

    // `done` is called once, on the executor and never from within: with one address or more, or
    // with an error that says why there is none.
    name_lookup(const boost::asio::any_io_executor& executor, const std::string& host,
                std::uint16_t port, handler done, resolver ask = ask_system);

    // The handler is not called any more.
    ~name_lookup();

    name_lookup(const name_lookup&) = delete;
    name_lookup& operator=(const name_lookup&) = delete;

private:
    struct request;

    std::shared_ptr<request> request_; // which the thread shares
};

} // namespace iothub::net
