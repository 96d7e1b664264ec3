#include "client/src/amqp/amqp_value.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "common/timestamp.hpp"

namespace iothub::client {

namespace {

std::string text_of_number(double number) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, number);
    return {text, end.ptr};
}

template <class T>
const T* value_in(const amqp_map& map, std::string_view key) {
    const amqp_value* found = find(map, key);
    return found == nullptr ? nullptr : std::get_if<T>(found);
}

} // namespace

const amqp_value* find(const amqp_map& in, std::string_view key) {
    const auto found = std::ranges::find(in, key, &amqp_map::value_type::first);
    return found == in.end() ? nullptr : &found->second;
}

std::optional<std::string> to_text(const amqp_value& what) {
    if (const auto* text = std::get_if<std::string>(&what)) {
        return *text;
    }
    if (const auto* truth = std::get_if<bool>(&what)) {
        return *truth ? "true" : "false";
    }
    if (const auto* integer = std::get_if<std::int64_t>(&what)) {
        return std::to_string(*integer);
    }
    if (const auto* number = std::get_if<double>(&what)) {
        return text_of_number(*number);
    }
    if (const auto* time = std::get_if<hub_time>(&what)) {
        return iso_8601(std::chrono::time_point_cast<ticks>(*time));
    }
    return std::nullopt;
}

std::string text_in(const amqp_map& map, std::string_view key) {
    const amqp_value* found = find(map, key);
    return found == nullptr ? "" : to_text(*found).value_or("");
}

std::int64_t integer_in(const amqp_map& map, std::string_view key) {
    const auto* found = value_in<std::int64_t>(map, key);
    return found == nullptr ? 0 : *found;
}

std::optional<hub_time> time_in(const amqp_map& map, std::string_view key) {
    const auto* found = value_in<hub_time>(map, key);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

} // namespace iothub::client
