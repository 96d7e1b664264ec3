#include "emulator/core/twins/twin_part.hpp"

#include "common/json_text.hpp"

namespace iothub::core {

twin_part::twin_part()
    : twin_part(json::object()) {}

const std::string& twin_part::text() const {
    if (body_->text.empty()) {
        body_->text = to_text(body_->value);
    }
    return body_->text;
}

json& twin_part::writable() {
    if (body_.use_count() > 1) {
        body_ = std::make_shared<body>(body_->value, std::string());
    }
    body_->text.clear();
    return body_->value;
}

} // namespace iothub::core
