#include "emulator/app/system_sources.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace iothub::app {

namespace {

unsigned char* as_bytes(char* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}

void draw(unsigned char* into, std::size_t count) {
    if (RAND_bytes(into, static_cast<int>(count)) != 1) {
        throw std::runtime_error("OpenSSL has no random bytes");
    }
}

} // namespace

timestamp system_clock::now() const {
    return std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
}

std::string system_ids::random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (count > drawn_.size()) {
        draw(as_bytes(bytes.data()), count);
        return bytes;
    }
    if (count > left_) {
        left_ = 0;
        draw(drawn_.data(), drawn_.size());
        left_ = drawn_.size();
    }
    unsigned char* const next = drawn_.data() + (drawn_.size() - left_);
    std::copy_n(next, count, as_bytes(bytes.data()));
    OPENSSL_cleanse(next, count);
    left_ -= count;
    return bytes;
}

} // namespace iothub::app
