#pragma once
// Bytes of a connection into requests (RFC 9112), however they are split or pipelined; knows no
// socket. What could be understood in two ways is refused rather than repaired, so that no second
// request can be smuggled in. Used by server_session.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/http_codec/head_scanner.hpp"
#include "emulator/http_codec/request.hpp"

namespace iothub::http_codec {

struct message_limits {
    head_limits head;
    std::size_t body = 1024 * 1024;
    std::size_t (*body_of)(std::string_view target) = nullptr; // in place of `body`
    std::size_t chunk_line = 4 * 1024;                         // a chunk's size with its extensions
};

class request_reader {
public:
    // What the next byte would belong to.
    enum class phase { between_requests, head, body };

    explicit request_reader(message_limits limits = {});
    ~request_reader();

    // Takes bytes in; they are looked at by next().
    void put(std::string_view bytes);

    // The next whole request. Nothing where more bytes are needed, and for ever after a refusal.
    std::optional<request> next();

    const std::optional<refusal>& fault() const { return fault_; }

    // True once for a request that waits with its body for "100 Continue".
    bool take_continue_wish() { return std::exchange(continue_wish_, false); }

    phase reading() const;
    bool has_unread_bytes() const { return !unread().empty(); }
    std::string take_unread();      // for whoever goes on in another protocol
    std::size_t body_bytes() const; // of the body being read

private:
    class message;

    std::string_view unread() const { return std::string_view(bytes_).substr(taken_); }
    void take(std::size_t count);
    bool read_head();
    bool read_body();
    void refuse(refusal why);

    message_limits limits_;
    std::string bytes_;
    std::size_t taken_ = 0; // of bytes_
    head_scanner scanner_;
    std::unique_ptr<message> message_; // while its body is read
    std::optional<refusal> fault_;
    bool may_skip_line_ = true; // one empty line before a request is forgiven (RFC 9112 §2.2)
    bool continue_wish_ = false;
};

} // namespace iothub::http_codec
