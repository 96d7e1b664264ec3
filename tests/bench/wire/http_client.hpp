#pragma once
// An HTTP/1.1 connection over TLS that is kept alive. Scenarios derive from it.

#include <string>
#include <string_view>

#include "bench/wire/tls_client.hpp"

namespace iothub::bench {

struct http_request {
    std::string method = "GET";
    std::string path = "/";
    std::string headers; // each with \r\n at its end
    std::string body;
};

class http_client : public tls_client {
public:
    using tls_client::tls_client;

    void send(const http_request& request);

protected:
    virtual void connected() = 0;

    // A status other than 2xx is a std::runtime_error.
    virtual void answered(std::string_view body) = 0;

private:
    void secured() final { connected(); }
    std::size_t take(std::string_view bytes) final;
};

} // namespace iothub::bench
