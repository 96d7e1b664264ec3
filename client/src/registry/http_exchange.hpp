#pragma once
// HTTPS requests to one server over a kept connection: writes the request, reads the answer with
// Beast's parser. Used by registry_connection, one call at a time.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/src/net/stream_socket.hpp"
#include "client/src/security/tls_context.hpp"
#include "client/src/session/endpoint.hpp"

namespace iothub::client {

// Fields of a request's or an answer's header.
struct http_fields {
    std::vector<std::pair<std::string, std::string>> list{};

    // The value of the first of that name, in any case of letters; empty where there is none.
    std::string_view find(std::string_view name) const;
};

struct http_request {
    std::string method;
    std::string target;        // path and query, encoded
    std::string authorization; // the header's value
    http_fields fields{};      // others; all on one line
    std::string body{};        // JSON, or nothing
    bool only_reads = false;   // and may be repeated where the answer was lost
};

struct http_response {
    int status = 0;
    http_fields fields{};
    std::string body{};
};

class http_exchange {
public:
    http_exchange(endpoint server, tls_context tls);

    // `host` is what goes into the header of that name. Throws network_error, time_out, or
    // protocol_error where the answer is no HTTP/1.1 or has more than 16 MiB.
    http_response exchange(const http_request& request, const std::string& host,
                           std::chrono::milliseconds time_out);

private:
    std::optional<http_response> try_kept(const http_request& request, const std::string& text,
                                          stream_socket::deadline until);
    http_response round_trip(const std::string& text, stream_socket::deadline until);

    endpoint server_;
    tls_context tls_;
    std::unique_ptr<stream_socket> socket_; // nothing while no connection is kept
    bool answer_began_ = false;
};

} // namespace iothub::client
