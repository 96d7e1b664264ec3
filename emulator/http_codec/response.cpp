#include "emulator/http_codec/response.hpp"

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include <array>
#include <chrono>

#include "common/digits.hpp"

namespace iothub::http_codec {

namespace {

std::string_view phrase(int status) {
    namespace beast = boost::beast::http;
    const auto text = beast::obsolete_reason(beast::int_to_status(static_cast<unsigned>(status)));
    return {text.data(), text.size()};
}

std::string status_line(const response& r) {
    return fmt::format("HTTP/1.1 {} {}\r\n", r.status, phrase(r.status));
}

void put_fields(std::string& bytes, const response& r) {
    for (const field& f : r.headers) {
        bytes.append(f.name).append(": ").append(f.value).append("\r\n");
    }
    bytes += "\r\n";
}

} // namespace

response no_content() {
    return {204, {}, {}};
}

std::string to_bytes(const response& r, framing how) {
    std::string bytes = status_line(r);
    if (r.status != 100) {
        bytes += fmt::format("Content-Length: {}\r\n", r.body.size());
        bytes += how.keep_alive ? "" : "Connection: close\r\n";
    }
    put_fields(bytes, r);
    return how.without_body ? bytes : bytes.append(r.body);
}

std::string head_bytes(const response& r, bool chunked) {
    std::string bytes = status_line(r) + "Connection: close\r\n";
    bytes += chunked ? "Transfer-Encoding: chunked\r\n" : "";
    put_fields(bytes, r);
    return bytes;
}

std::string http_date(timestamp time) {
    static constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::string text = weekdays[std::chrono::weekday(day).c_encoding()];
    append_digits(text += ", ", static_cast<unsigned>(date.day()), 2);
    text.append(" ").append(months[static_cast<unsigned>(date.month()) - 1]).append(" ");
    append_digits(text, static_cast<int>(date.year()), 4);
    append_digits(text += ' ', clock.hours().count(), 2);
    append_digits(text += ':', clock.minutes().count(), 2);
    append_digits(text += ':', clock.seconds().count(), 2);
    text += " GMT";
    return text;
}

} // namespace iothub::http_codec
