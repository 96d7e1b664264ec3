#pragma once
// The real clock and the real source of chance, behind the core's seams.

#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"

namespace iothub::app {

class system_clock final : public core::clock {
public:
    timestamp now() const override;
};

// OpenSSL's generator.
class system_ids final : public core::id_source {
public:
    std::string random_bytes(std::size_t count) override;
};

} // namespace iothub::app
