#pragma once
// A response, and its bytes (RFC 9112 §4).

#include <string>

#include "common/timestamp.hpp"
#include "emulator/http_codec/fields.hpp"

namespace iothub::http_codec {

struct response {
    int status = 200;
    fields headers; // without Content-Length and Connection, which to_bytes() writes
    std::string body;
    bool close = false; // the connection ends with this response, whatever the client wishes
};

response no_content(); // 204

struct framing {
    bool keep_alive = true;
    bool without_body = false; // the answer to HEAD: says the length, sends nothing
};

// Status 100 is an interim response and has no header fields.
std::string to_bytes(const response& r, framing how);

// What goes before a body whose length is not known: it comes in chunks, or ends with the
// connection, which closes behind it in either case.
std::string head_bytes(const response& r, bool chunked);

// "Sun, 06 Nov 1994 08:49:37 GMT", for the Date field.
std::string http_date(timestamp time);

} // namespace iothub::http_codec
