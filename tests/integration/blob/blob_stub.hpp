#pragma once
// A blob storage on a free loopback port that answers as a test tells it to, over HTTP or HTTPS, on
// the same loop as the client that is tested.

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "emulator/net/certificates/certificate_files.hpp"
#include "emulator/net/listener.hpp"

namespace iothub::test {

class blob_stub {
public:
    enum class security { none, tls };

    explicit blob_stub(security how, const std::string& address = "127.0.0.1");
    ~blob_stub();
    blob_stub(const blob_stub&) = delete;
    blob_stub& operator=(const blob_stub&) = delete;

    // What the next request is answered with, byte for byte; then the connection is closed. Nothing
    // at all: it stays open and silent.
    void reply(std::string bytes) { replies_.push_back(std::move(bytes)); }

    // "HTTP/1.1 201 Created" and so on, with a body.
    void reply(const std::string& status, const std::string& headers, const std::string& body = {});

    // "http://127.0.0.1:40000/account/c?sig=secret"
    std::string uri(const std::string& host = "127.0.0.1") const;

    // Requests as they came, and whole.
    const std::vector<std::string>& requests() const { return requests_; }

    // Runs the loop until it is so; false after ten seconds.
    bool run_until(const std::function<bool()>& condition);

    boost::asio::io_context loop;
    net::hub_certificates certificates;
    bool keeps_sending = false; // after its reply: the body has no end

private:
    class session;

    std::shared_ptr<net::connection_set> connections_ = std::make_shared<net::connection_set>(100);
    std::shared_ptr<net::listener> listener_;
    std::deque<std::string> replies_;
    std::vector<std::string> requests_;
    bool tls_;
};

} // namespace iothub::test
