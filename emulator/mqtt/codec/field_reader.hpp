#pragma once
// Reads the fields of one packet's body in order (MQTT 3.1.1 §1.5). The first fault is remembered
// and every later read gives nothing, so a decoder asks once, at its end.

#include <cstdint>
#include <string>
#include <string_view>

namespace iothub::mqtt {

class field_reader {
public:
    explicit field_reader(std::string_view body)
        : rest_(body) {}

    std::uint8_t byte();
    std::uint16_t number();
    std::uint16_t packet_id(); // a number that is not 0
    std::string_view binary(); // two bytes of length, then as many
    std::string_view text();   // binary that is UTF-8 (§1.5.3)
    std::string_view rest();   // everything that is left

    bool empty() const { return rest_.empty(); }

    // Remembers `fault` where there is none yet.
    void fail(std::string fault);
    bool failed() const { return !fault_.empty(); }
    const std::string& fault() const { return fault_; }

private:
    std::string_view take(std::size_t count);

    std::string_view rest_;
    std::string fault_;
};

} // namespace iothub::mqtt
