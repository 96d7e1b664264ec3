#pragma once
// New keys for many identities over REST (service API §1.3 row 9, §1.5 BulkRegenerateDeviceKey; row
// R13).

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

// 200 where all have new keys, 207 where some have, 400 where none has: with the same document.
result<http_codec::response> regenerate_keys(call& c);

} // namespace iothub::http::api
