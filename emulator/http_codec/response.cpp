#include "emulator/http_codec/response.hpp"

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include <array>
#include <chrono>

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
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        weekdays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
        clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

} // namespace iothub::http_codec
