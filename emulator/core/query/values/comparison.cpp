#include "emulator/core/query/values/comparison.hpp"

#include <cmath>
#include <cstdint>
#include <string>

#include "common/json.hpp"

namespace iothub::core::query {

namespace {

template <class T>
std::weak_ordering order(const T& a, const T& b) {
    return a < b   ? std::weak_ordering::less
           : b < a ? std::weak_ordering::greater
                   : std::weak_ordering::equivalent;
}

std::optional<std::weak_ordering> compare_doubles(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) {
        return std::nullopt;
    }
    return order(a, b);
}

bool is_negative(const json& integer) {
    return !integer.is_number_unsigned() && integer.get<std::int64_t>() < 0;
}

std::weak_ordering compare_integers(const json& a, const json& b) {
    if (is_negative(a) || is_negative(b)) {
        return is_negative(a) && is_negative(b)
                   ? order(a.get<std::int64_t>(), b.get<std::int64_t>())
                   : order(is_negative(b), is_negative(a));
    }
    return order(a.get<std::uint64_t>(), b.get<std::uint64_t>());
}

std::optional<std::weak_ordering> compare_numbers(const json& a, const json& b) {
    if (a.is_number_integer() && b.is_number_integer()) {
        return compare_integers(a, b);
    }
    return compare_doubles(a.get<double>(), b.get<double>());
}

} // namespace

std::optional<std::weak_ordering> compare(const json& a, const json& b) {
    if (a.is_number() && b.is_number()) {
        return compare_numbers(a, b);
    }
    if (a.type() != b.type()) {
        return std::nullopt;
    }
    switch (a.type()) {
    case json::value_t::string:
        return order(a.get_ref<const std::string&>(), b.get_ref<const std::string&>());
    case json::value_t::boolean:
        return order(a.get<bool>(), b.get<bool>());
    case json::value_t::null:
        return std::weak_ordering::equivalent;
    default:
        return std::nullopt;
    }
}

} // namespace iothub::core::query
