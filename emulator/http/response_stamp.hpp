#pragma once
// What every response of the hub carries (service API §1.1), and the tracking ids of errors (§4.1).

#include <string>

#include "common/json_fwd.hpp"
#include "common/timestamp.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::http {

inline constexpr const char* server_name = "Microsoft-HTTPAPI/2.0";

struct response_stamp {
    std::string request_id; // a GUID
    timestamp time;

    // "e40e9db2199f482b887af45fbeaa7b8c-G:0-TimeStamp:08/20/2020 22:05:30"
    std::string tracking_id() const;

    // Adds Content-Type (JSON, where there is a body and no other type), Date, Server, Vary and
    // x-ms-request-id.
    http_codec::response put_on(http_codec::response r) const;
};

response_stamp make_stamp(core::hub& hub);

http_codec::response json_response(int status, const json& document);

} // namespace iothub::http
