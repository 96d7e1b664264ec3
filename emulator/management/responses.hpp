#pragma once
// How the management port answers: JSON, refusals as {"error":"…"}, and what every response says
// to browsers.

#include <string>
#include <string_view>

#include "common/errc.hpp"
#include "common/json_fwd.hpp"
#include "common/timestamp.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::management {

http_codec::response page(int status, std::string_view content_type, std::string body);
http_codec::response json_page(int status, const json& document);
http_codec::response json_text_page(int status, std::string text);

// {"error":"…"}
http_codec::response refusal(int status, std::string_view reason);

// The HTTP status of a refusal; a full queue or waiting room is 429, "come again".
int status_of(errc code);

// What every response says unless it says otherwise: it is for nobody's cache and nobody's frame.
const http_codec::fields& for_browsers();

// With these fields and the date.
http_codec::response finished(http_codec::response r, timestamp now);

} // namespace iothub::management
