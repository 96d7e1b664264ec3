#pragma once
// Appends sections of a message as bytes (OASIS AMQP 1.0, part 1 §1.6 and part 3 §3.2) without
// making values of them first, in the forms that Proton gives them. Called by encode_message and by
// event_message, which writes one for each event that is read.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/amqp/values/section.hpp"
#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

void append_string(std::string& out, std::string_view text);
void append_symbol(std::string& out, std::string_view text); // as ASCII
void append_long(std::string& out, std::int64_t number);
void append_timestamp(std::string& out, milliseconds time);

void append_data(std::string& out, std::string_view bytes);

// A section that is a map: its head, then the caller appends keys and values, each pair announced
// with pair(). A map without pairs leaves nothing.
class map_section {
public:
    map_section(std::string& out, section kind);

    std::string& pair();
    void end();

private:
    std::string& out_;
    std::size_t begin_;
    std::uint32_t items_ = 0;
};

} // namespace iothub::amqp
