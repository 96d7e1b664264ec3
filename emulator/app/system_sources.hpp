#pragma once
// The real clock and the real source of chance, behind the core's seams.

#include <array>
#include <cstddef>
#include <string>

#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"

namespace iothub::app {

class system_clock final : public core::clock {
public:
    timestamp now() const override;
};

// OpenSSL's generator. It is asked for many bytes at a time, since a call costs more than its bytes
// do; those that were given out are wiped here. One thread's.
class system_ids final : public core::id_source {
public:
    std::string random_bytes(std::size_t count) override;

private:
    std::array<unsigned char, 1024> drawn_{};
    std::size_t left_ = 0; // at the end of drawn_, not given out yet
};

} // namespace iothub::app
