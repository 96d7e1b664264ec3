#include "emulator/core/id_source.hpp"

#include <cstring>

namespace iothub::core {

std::string make_guid(id_source& ids) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string bytes = ids.random_bytes(16);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    std::string guid = "00000000-0000-0000-0000-000000000000";
    std::size_t at = 0;
    for (const char one : bytes) {
        at += guid[at] == '-' ? 1 : 0;
        const auto byte = static_cast<unsigned char>(one);
        guid[at++] = digits[byte >> 4];
        guid[at++] = digits[byte & 15];
    }
    return guid;
}

std::uint32_t make_counter_seed(id_source& ids) {
    std::uint32_t seed = 0;
    std::memcpy(&seed, ids.random_bytes(sizeof seed).data(), sizeof seed);
    return seed & 0x7fffffffU;
}

} // namespace iothub::core
