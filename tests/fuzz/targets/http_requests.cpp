#include "fuzz/conversations/conversations.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view sent = text_of(bytes, size);
    require_equal(read_requests(sent, 0), read_requests(sent, place_in(sent, size)),
                  "what comes of it does not depend on where it is cut");
    return 0;
}
