#pragma once
// Many identities in one call over REST (service API §1.3 row 5, §1.5; row R09): up to 100 items,
// each with an import mode of its own; what can be done is done.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

// 400 where an item failed, with the same document as in success.
result<http_codec::response> change_registry(call& c);

} // namespace iothub::http::api
