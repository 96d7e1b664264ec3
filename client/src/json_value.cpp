#include "iothub/json_value.hpp"

#include "common/json.hpp"

namespace iothub {

const json& json_value::operator*() const noexcept {
    static const json null;
    return value_ ? *value_ : null;
}

const json* json_value::operator->() const noexcept {
    return &**this;
}

bool json_value::is_null() const noexcept {
    return (**this).is_null();
}

std::shared_ptr<const json> json_value::share(json value) {
    return std::make_shared<const json>(std::move(value));
}

std::shared_ptr<const json> json_value::share(const nlohmann::json& value) {
    return share(json(value));
}

} // namespace iothub
