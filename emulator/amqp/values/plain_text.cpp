#include <fmt/format.h>

#include <chrono>
#include <type_traits>

#include "common/timestamp.hpp"
#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

namespace {

using text = std::optional<std::string>;

constexpr std::int64_t milliseconds_of(timestamp time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

// Only the years 1 to 9999 have a text.
constexpr std::int64_t first_time = milliseconds_of(never);
constexpr std::int64_t end_of_time =
    milliseconds_of(std::chrono::sys_days(std::chrono::year(10000) / 1 / 1));

std::string hex(const char* from, const char* to) {
    std::string digits;
    for (; from != to; ++from) {
        digits += fmt::format("{:02x}", static_cast<unsigned char>(*from));
    }
    return digits;
}

struct printer {
    text operator()(bool truth) const { return truth ? "true" : "false"; }
    text operator()(const std::string& string) const { return string; }
    text operator()(const symbol& name) const { return name.text; }
    text operator()(char32_t) const { return std::nullopt; }

    text operator()(const uuid& id) const {
        const char* b = id.bytes.data();
        return hex(b, b + 4) + '-' + hex(b + 4, b + 6) + '-' + hex(b + 6, b + 8) + '-' +
               hex(b + 8, b + 10) + '-' + hex(b + 10, b + 16);
    }

    text operator()(milliseconds time) const {
        if (time.count < first_time || time.count >= end_of_time) {
            return std::nullopt;
        }
        return iso_8601(timestamp(std::chrono::milliseconds(time.count)));
    }

    template <class T>
    text operator()(const T& what) const {
        if constexpr (std::is_arithmetic_v<T>) {
            return fmt::format("{}", what);
        } else {
            return std::nullopt;
        }
    }
};

} // namespace

std::optional<std::string> plain_text(const value& what) {
    return std::visit(printer(), what.of);
}

} // namespace iothub::amqp
