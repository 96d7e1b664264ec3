#pragma once
// A source of ids that counts: every byte is one more than the last, so each id differs and each
// run gives the same ones.

#include "emulator/core/id_source.hpp"

namespace iothub::test {

class fixed_ids final : public core::id_source {
public:
    std::string random_bytes(std::size_t count) override {
        std::string bytes(count, '\0');
        for (char& byte : bytes) {
            byte = static_cast<char>(next_++);
        }
        return bytes;
    }

private:
    unsigned char next_ = 0;
};

} // namespace iothub::test
