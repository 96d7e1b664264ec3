#include "emulator/core/registry/precondition.hpp"

namespace iothub::core {

precondition precondition::parse(std::string_view text) {
    if (text.size() > 2 && text.starts_with("W/")) {
        text.remove_prefix(2);
    }
    if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) {
        text = text.substr(1, text.size() - 2);
    }
    if (text.empty()) {
        return {};
    }
    return text == "*" ? anything() : exactly(std::string(text));
}

} // namespace iothub::core
