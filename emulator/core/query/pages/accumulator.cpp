#include "emulator/core/query/pages/accumulator.hpp"

#include <cmath>
#include <limits>

namespace iothub::core::query {

namespace {

// 3 rather than 3.0, as long as doubles hold integers exactly.
json plain(double number) {
    constexpr double exact = 9'007'199'254'740'992; // 2^53
    const bool whole = std::trunc(number) == number && std::abs(number) <= exact;
    return whole ? json(static_cast<std::int64_t>(number)) : json(number);
}

// What no JSON can say is undefined.
std::optional<json> finite(double number) {
    return std::isfinite(number) ? std::optional(plain(number)) : std::nullopt;
}

std::optional<std::int64_t> integer(const json& number) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    const bool fits = number.is_number_unsigned() ? number.get<std::uint64_t>() <= most
                                                  : number.is_number_integer();
    return fits ? std::optional(number.get<std::int64_t>()) : std::nullopt;
}

} // namespace

void accumulator::add(const json* value) {
    if (value == nullptr) {
        return;
    }
    switch (how_) {
    case aggregate::count:
        ++count_;
        break;
    case aggregate::sum:
    case aggregate::average:
        if (value->is_number()) {
            add_number(*value);
        }
        break;
    case aggregate::minimum:
    case aggregate::maximum:
        add_extreme(*value);
        break;
    }
}

void accumulator::add_number(const json& number) {
    ++count_;
    sum_ += number.get<double>();
    const auto whole = integer(number);
    is_whole_ = is_whole_ && whole && !__builtin_add_overflow(whole_, *whole, &whole_);
}

void accumulator::add_extreme(const json& value) {
    if (!value.is_number() && !value.is_string()) {
        return;
    }
    std::optional<json>& extreme = value.is_number() ? number_ : text_;
    if (!extreme || (how_ == aggregate::minimum ? value < *extreme : *extreme < value)) {
        extreme = value;
    }
}

std::optional<json> accumulator::average() const {
    const auto count = static_cast<std::int64_t>(count_);
    if (count == 0) {
        return std::nullopt;
    }
    const bool even = is_whole_ && whole_ % count == 0;
    return even ? std::optional<json>(whole_ / count) : finite(sum_ / static_cast<double>(count));
}

std::optional<json> accumulator::outcome() const {
    switch (how_) {
    case aggregate::count:
        return count_;
    case aggregate::sum:
        return is_whole_ ? std::optional<json>(whole_) : finite(sum_);
    case aggregate::average:
        return average();
    case aggregate::minimum:
    case aggregate::maximum:
        break;
    }
    return number_ ? number_ : text_;
}

std::size_t accumulator::bytes() const {
    return text_ ? text_->get_ref<const std::string&>().size() : 0;
}

} // namespace iothub::core::query
