#include "emulator/app/system_sources.hpp"

#include <openssl/rand.h>

#include <chrono>
#include <stdexcept>

namespace iothub::app {

timestamp system_clock::now() const {
    return std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
}

std::string system_ids::random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
        throw std::runtime_error("OpenSSL has no random bytes");
    }
    return bytes;
}

} // namespace iothub::app
