#include "emulator/amqp/values/message.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub;
using namespace iothub::fuzz;

// Compared as bytes: there are numbers that do not equal themselves.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto read = amqp::decode_message(text_of(bytes, size));
    if (!read) {
        require(is_one_line(read.error().detail), "a fault is one line");
        return 0;
    }
    const std::string written = amqp::encode_message(*read);
    if (written.empty()) {
        return 0; // it has only sections that are skipped
    }
    const auto again = amqp::decode_message(written);
    require(again.has_value(), "a message that was written is read");
    require(amqp::encode_message(*again) == written, "and is the same message");
    return 0;
}
