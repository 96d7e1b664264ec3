#include "emulator/mqtt/codec/utf8.hpp"

#include "common/utf8.hpp"

namespace iothub::mqtt {

bool is_mqtt_text(std::string_view bytes) {
    return bytes.find('\0') == std::string_view::npos && is_utf8(bytes);
}

bool is_topic_name(std::string_view text) {
    return !text.empty() && text.find('+') == text.npos && text.find('#') == text.npos;
}

} // namespace iothub::mqtt
