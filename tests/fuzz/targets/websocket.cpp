#include "fuzz/conversations/conversations.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view sent = text_of(bytes, size);
    check_cut(sent, size, websocket_conversation);
    return 0;
}
