#include "emulator/http/error_response.hpp"

#include <algorithm>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::http {

namespace {

// Node shows the text between the first and the second semicolon.
std::string readable(const error& e) {
    std::string text = e.message.empty() ? std::string(symbolic_name(e.code)) : e.message;
    std::ranges::replace(text, ';', ',');
    return text;
}

json envelope_1(const error& e, const response_stamp& stamp) {
    return {{"Message", "ErrorCode:" + std::string(symbolic_name(e.code)) + ";" + readable(e)},
            {"ExceptionMessage", "Tracking ID:" + stamp.tracking_id()}};
}

json envelope_3(const json& inner) {
    return {{"Message", to_text(inner)}, {"ExceptionMessage", ""}};
}

json refused_token(const error& e, const response_stamp& stamp) {
    return {{"errorCode", number(e.code)},
            {"message", e.message},
            {"trackingId", stamp.tracking_id()},
            {"timestampUtc", iso_8601(stamp.time)}};
}

json unanswered_call(const error& e, const json& info, const response_stamp& stamp) {
    return {{"errorCode", number(e.code)},
            {"trackingId", stamp.tracking_id()},
            {"message", e.message},
            {"info", info},
            {"timestampUtc", iso_8601(stamp.time)}};
}

http_codec::response with_code(const error& e, const json& envelope) {
    auto r = json_response(http_status(e.code), envelope);
    r.headers.add("iothub-errorcode", std::string(symbolic_name(e.code)));
    r.close = r.status == 429; // the service parts with who is too fast
    return r;
}

} // namespace

http_codec::response error_response(const error& e, const response_stamp& stamp) {
    const bool nested = e.code == errc::unauthorized_access;
    auto r = with_code(e, nested ? envelope_3(refused_token(e, stamp)) : envelope_1(e, stamp));
    if (r.status == 401) {
        r.headers.add("WWW-Authenticate", "SharedAccessSignature");
    }
    return r;
}

http_codec::response nested_error_response(const error& e, const json& info,
                                           const response_stamp& stamp) {
    return with_code(e, envelope_3(unanswered_call(e, info, stamp)));
}

error to_error(const http_codec::refusal& why) {
    switch (why.status) {
    case 404:
        return {errc::generic_not_found, why.reason};
    case 405:
        return {errc::method_not_allowed, why.reason};
    case 413:
        return {errc::message_too_large, why.reason};
    case 415:
        return {errc::unsupported_media_type, why.reason};
    default:
        return {errc::generic_bad_request, why.reason};
    }
}

} // namespace iothub::http
