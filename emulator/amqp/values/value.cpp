#include "emulator/amqp/values/value.hpp"

#include <type_traits>

namespace iothub::amqp {

namespace {

using shared_described = std::shared_ptr<const described>;

template <class T>
constexpr bool is_integer =
    std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char32_t>;

bool equal(const shared_described& one, const shared_described& other) {
    return one == other || (one && other && *one == *other);
}

} // namespace

const std::string* value::text() const {
    if (const auto* string = as<std::string>()) {
        return string;
    }
    const auto* name = as<symbol>();
    return name ? &name->text : nullptr;
}

std::optional<std::int64_t> value::integer() const {
    return std::visit(
        [](const auto& held) -> std::optional<std::int64_t> {
            if constexpr (is_integer<std::remove_cvref_t<decltype(held)>>) {
                if (std::in_range<std::int64_t>(held)) {
                    return static_cast<std::int64_t>(held);
                }
            }
            return std::nullopt;
        },
        of);
}

bool value::operator==(const value& other) const {
    const auto* one = as<shared_described>();
    const auto* another = other.as<shared_described>();
    return one && another ? equal(*one, *another) : of == other.of;
}

const value* find(const map& in, std::string_view key) {
    for (const auto& [name, what] : in) {
        const std::string* text = name.text();
        if (text && *text == key) {
            return &what;
        }
    }
    return nullptr;
}

std::optional<std::string_view> find_text(const map& in, std::string_view key) {
    const value* found = find(in, key);
    const std::string* text = found ? found->text() : nullptr;
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

} // namespace iothub::amqp
