#include "client/src/registry/http_exchange.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <utility>

#include "client/src/error_details.hpp"
#include "common/letter_case.hpp"

namespace iothub::client {

namespace http = boost::beast::http;
using response_parser = http::response_parser<http::string_body>;

namespace {

constexpr std::size_t max_header = 64 * 1024;
constexpr std::size_t max_body = 16 * 1024 * 1024;
constexpr std::size_t read_size = 16 * 1024;

[[noreturn]] void throw_protocol_error(const std::string& what) {
    throw_error(hub_error_kind::protocol, "The hub's answer " + what);
}

std::string text_of(const http_request& request, const std::string& host) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: " + host +
                       "\r\nAuthorization: " + request.authorization +
                       "\r\nAccept: application/json\r\nUser-Agent: iothub-cpp-client/" +
                       IOTHUB_CLIENT_VERSION + "\r\n";
    for (const auto& [name, value] : request.fields.list) {
        text += name + ": " + value + "\r\n";
    }
    if (!request.body.empty()) {
        text += "Content-Type: application/json; charset=utf-8\r\n";
    }
    if (!request.body.empty() || (request.method != "GET" && request.method != "DELETE")) {
        text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return text + "\r\n" + request.body;
}

// Gives the parser what the buffer holds; it may want less, or more.
void feed(response_parser& parser, boost::beast::flat_buffer& buffer) {
    while (buffer.size() > 0 && !parser.is_done()) {
        boost::system::error_code failure;
        const std::size_t used = parser.put(buffer.data(), failure);
        buffer.consume(used);
        if (failure == http::error::need_more) {
            return;
        }
        if (failure) {
            throw_protocol_error("is not HTTP: " + failure.message());
        }
    }
}

http_response response_of(response_parser& parser) {
    auto& message = parser.get();
    http_response response{.status = static_cast<int>(message.result_int())};
    for (const auto& field : message) {
        const auto name = field.name_string();
        const auto value = field.value();
        response.fields.list.emplace_back(std::string(name.data(), name.size()),
                                          std::string(value.data(), value.size()));
    }
    response.body = std::move(message.body());
    return response;
}

} // namespace

std::string_view http_fields::find(std::string_view name) const {
    for (const auto& [known, value] : list) {
        if (equal_ignoring_case(known, name)) {
            return value;
        }
    }
    return {};
}

http_exchange::http_exchange(endpoint server, tls_context tls)
    : server_(std::move(server))
    , tls_(std::move(tls)) {}

http_response http_exchange::exchange(const http_request& request, const std::string& host,
                                      std::chrono::milliseconds time_out) {
    const stream_socket::deadline until = std::chrono::steady_clock::now() + time_out;
    const std::string text = text_of(request, host);
    if (auto response = try_kept(request, text, until)) {
        return *std::move(response);
    }
    socket_ = std::make_unique<stream_socket>(server_, &tls_, until);
    return round_trip(text, until);
}

// Nothing where there is no kept connection, or it proved closed and nothing can have been done
// that must not be done twice.
std::optional<http_response> http_exchange::try_kept(const http_request& request,
                                                     const std::string& text,
                                                     stream_socket::deadline until) {
    if (!socket_ || socket_->closed_by_peer()) {
        return std::nullopt;
    }
    try {
        return round_trip(text, until);
    } catch (const network_error&) {
        if (!request.only_reads || answer_began_) {
            throw;
        }
        return std::nullopt;
    }
}

// Keeps the connection only when the answer arrived whole and the server keeps it too.
http_response http_exchange::round_trip(const std::string& text, stream_socket::deadline until) {
    std::unique_ptr<stream_socket> socket = std::move(socket_);
    answer_began_ = false;
    socket->write(text, until);
    response_parser parser;
    parser.eager(true);
    parser.header_limit(max_header);
    parser.body_limit(max_body);
    boost::beast::flat_buffer buffer;
    while (!parser.is_done()) {
        const auto space = buffer.prepare(read_size);
        const std::size_t size =
            socket->read_some({static_cast<char*>(space.data()), space.size()}, until);
        if (size == 0) {
            throw_error(hub_error_kind::network,
                        "The hub closed the connection before its answer was whole");
        }
        answer_began_ = true;
        buffer.commit(size);
        feed(parser, buffer);
    }
    if (parser.keep_alive() && buffer.size() == 0) {
        socket_ = std::move(socket);
    }
    return response_of(parser);
}

} // namespace iothub::client
