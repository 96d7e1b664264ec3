#include "common/json_text.hpp"
#include "common/json.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub;
using namespace iothub::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text = text_of(bytes, size);
    const auto read = parse_json(text, {.depth = 64, .values = 1'000, .comments = false});
    if (!read) {
        require(is_one_line(read.error().message), "a fault is one line");
        parse_json(text, {.depth = 64, .values = 1'000, .comments = true});
        return 0;
    }
    const std::string written = to_text(*read);
    const auto again = parse_json(written);
    require(again.has_value(), "what was written is read");
    require_equal(to_text(*again), written, "and is the same");
    require(parse_json(text, {.depth = 64, .values = 1'000, .comments = true}).has_value(),
            "comments may be there, and need not");
    return 0;
}
