#include "common/json_writer.hpp"

#include <algorithm>

#include "common/json.hpp"

namespace iothub {

namespace {

// What is written in another way than it stands, or may be no UTF-8.
bool is_special(char c) {
    return static_cast<signed char>(c) < 0x20 || c == '"' || c == '\\';
}

} // namespace

void json_writer::separate() {
    if (follows_value_) {
        text_ += ',';
    }
}

void json_writer::quote(std::string_view text) {
    if (std::ranges::count_if(text, is_special) == 0) { // all at once: faster than one by one
        text_.append(1, '"').append(text).append(1, '"');
    } else {
        text_ += json(text).dump(-1, ' ', false, json::error_handler_t::replace);
    }
}

json_writer& json_writer::open(char bracket) {
    separate();
    text_ += bracket;
    follows_value_ = false;
    return *this;
}

json_writer& json_writer::close(char bracket) {
    text_ += bracket;
    follows_value_ = true;
    return *this;
}

json_writer& json_writer::key(std::string_view name) {
    separate();
    quote(name);
    text_ += ':';
    follows_value_ = false;
    return *this;
}

json_writer& json_writer::value(std::string_view text) {
    separate();
    quote(text);
    follows_value_ = true;
    return *this;
}

json_writer& json_writer::value(const std::optional<std::string>& text_or_null) {
    return text_or_null ? value(*text_or_null) : raw("null");
}

json_writer& json_writer::raw(std::string_view text) {
    separate();
    text_ += text;
    follows_value_ = true;
    return *this;
}

json_writer& json_writer::integer(std::int64_t number) {
    return raw(std::to_string(number));
}

json_writer& json_writer::natural(std::uint64_t number) {
    return raw(std::to_string(number));
}

} // namespace iothub
