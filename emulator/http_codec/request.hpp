#pragma once
// A whole request as request_reader hands it out.

#include <string>

#include "emulator/http_codec/fields.hpp"

namespace iothub::http_codec {

struct request {
    std::string method; // as sent: "PUT"
    std::string target; // as sent: "/devices/d?api-version=2021-04-12"
    fields headers;     // trailers of a chunked body are not among them
    std::string body;   // chunks put together
    bool keep_alive = true;
    bool version_1_1 = true; // it understands chunks
};

// Why a message is not taken; the connection ends with the answer.
struct refusal {
    int status = 400;
    std::string reason; // for the peer and the log
};

} // namespace iothub::http_codec
