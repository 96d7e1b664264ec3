#pragma once
// A connected device or module that remembers what the hub told it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/device_link.hpp"

namespace iothub::test {

class recording_link final : public core::device_link {
public:
    struct update {
        std::uint64_t version;
        std::string patch;

        bool operator==(const update&) const = default;
    };

    void desired_changed(std::uint64_t version, std::string_view patch) override {
        updates.push_back({version, std::string(patch)});
    }
    void disconnect(const error& reason) override { disconnects.push_back(reason.code); }

    std::vector<update> updates;
    std::vector<errc> disconnects;
};

} // namespace iothub::test
