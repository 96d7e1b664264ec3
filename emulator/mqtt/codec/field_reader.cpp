#include "emulator/mqtt/codec/field_reader.hpp"

#include <utility>

#include "emulator/mqtt/codec/utf8.hpp"

namespace iothub::mqtt {

std::uint8_t field_reader::byte() {
    const std::string_view bytes = take(1);
    return failed() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes.front());
}

std::uint16_t field_reader::number() {
    const std::uint8_t high = byte();
    return static_cast<std::uint16_t>(high << 8 | byte());
}

std::uint16_t field_reader::packet_id() {
    const std::uint16_t id = number();
    if (id == 0) {
        fail("packet identifier 0");
    }
    return id;
}

std::string_view field_reader::binary() {
    return take(number());
}

std::string_view field_reader::text() {
    const std::string_view bytes = binary();
    if (!is_mqtt_text(bytes)) {
        fail("a text that is not UTF-8");
        return {};
    }
    return bytes;
}

std::string_view field_reader::rest() {
    return take(rest_.size());
}

void field_reader::fail(std::string fault) {
    if (fault_.empty()) {
        fault_ = std::move(fault);
        rest_ = {};
    }
}

std::string_view field_reader::take(std::size_t count) {
    if (count > rest_.size()) {
        fail("a field that goes beyond the packet's end");
        return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
}

} // namespace iothub::mqtt
