#pragma once
// The answers of a hub's REST interface for the scripts of a tls_stub, and a client that asks it.

#include <iothub/registry_client.hpp>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "integration/client/tls_stub.hpp"
#include "support/inbox.hpp"

namespace iothub::test {

inline std::string http(const std::string& status, const std::string& body,
                        const std::string& headers = "") {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

// Requests as they arrived, and scripts that answer them.
struct recorder {
    inbox<std::string> requests;

    std::string receive(stub_peer& peer) {
        std::string request = peer.read_until("\r\n\r\n");
        const std::size_t length = request.find("Content-Length: ");
        if (length != std::string::npos) {
            request += peer.read(std::stoul(request.substr(length + 16)));
        }
        requests.put(request);
        return request;
    }

    tls_stub::script answer(std::vector<std::string> answers) {
        return [this, answers = std::move(answers)](stub_peer& peer) {
            for (const std::string& text : answers) {
                receive(peer);
                peer.write(text);
            }
        };
    }
};

// Without what every request has: "POST /devices" or "GET /jobs?jobType=export", and the body.
struct seen_request {
    std::string line;
    std::string head; // the fields
    std::string body;
};

inline seen_request read_request(const std::string& text) {
    static const std::string version = "api-version=2024-03-31";
    seen_request seen;
    seen.line = text.substr(0, text.find(" HTTP/1.1\r\n"));
    const std::size_t at = seen.line.find(version);
    if (at == std::string::npos) {
        throw std::runtime_error("a request without its api-version: " + seen.line);
    }
    const bool alone = at + version.size() == seen.line.size();
    seen.line.erase(alone ? at - 1 : at, version.size() + 1);
    const std::size_t end = text.find("\r\n\r\n");
    seen.head = text.substr(0, end);
    seen.body = text.substr(end + 4);
    return seen;
}

inline registry_client client_of(const tls_stub& stub,
                                 std::chrono::milliseconds time_out = std::chrono::seconds(10)) {
    iothub::registry_options options;
    options.ca_pem = stub.ca_pem();
    options.operation_timeout = time_out;
    return registry_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(stub.port()) +
            ";SharedAccessKeyName=iothubowner;SharedAccessKey=MDEyMzQ1Njc4OQ==",
        options);
}

// What a call sends, where the hub gives that answer.
inline seen_request request_of(const std::string& answer,
                               const std::function<void(registry_client&)>& call) {
    recorder seen;
    const tls_stub stub({seen.answer({answer})});
    registry_client client = client_of(stub);
    call(client);
    return read_request(seen.requests.take());
}

} // namespace iothub::test
