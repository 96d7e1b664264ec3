#pragma once
// Takes a message's bytes apart into its sections (OASIS AMQP 1.0, part 3 §3.2), still encoded, and
// sees to their order. Called by decode_message.

#include <optional>
#include <string_view>

#include "common/result.hpp"
#include "emulator/amqp/values/section.hpp"
#include "emulator/amqp/values/value_scan.hpp"

namespace iothub::amqp {

struct raw_section {
    section kind;
    std::string_view bytes; // the value without the descriptor: a list, map, binary, as it must be
};

class section_reader {
public:
    // `bytes` outlive the reader and what it gives.
    explicit section_reader(std::string_view bytes)
        : scan_(bytes) {}

    bool at_end() const { return scan_.at_end(); }

    // argument_invalid where the bytes are no section, or none that may come here.
    result<raw_section> next();

private:
    value_scan scan_;
    std::optional<section> last_;
};

} // namespace iothub::amqp
