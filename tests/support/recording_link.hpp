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

    struct method {
        std::string request_id;
        std::string name;
        std::string payload;

        bool operator==(const method&) const = default;
    };

    void desired_changed(std::uint64_t version, std::string_view patch) override {
        updates.push_back({version, std::string(patch)});
    }
    core::delivery_answer call_method(std::string_view request_id, std::string_view name,
                                      std::string_view payload) override {
        if (takes_methods && room_for_methods == 0) {
            return core::delivery_answer::no_room;
        }
        if (takes_methods) {
            --room_for_methods;
            calls.push_back({std::string(request_id), std::string(name), std::string(payload)});
        }
        return takes_methods ? core::delivery_answer::taken : core::delivery_answer::not_subscribed;
    }
    core::delivery_answer deliver(const core::c2d_delivery& delivery) override {
        if (inputs_only && delivery.message.input.empty()) {
            return core::delivery_answer::not_subscribed;
        }
        if (room_for_messages == 0) {
            return core::delivery_answer::no_room;
        }
        --room_for_messages;
        deliveries.push_back(delivery);
        return settles_messages ? core::delivery_answer::taken : core::delivery_answer::completed;
    }
    void disconnect(const error& reason) override { disconnects.push_back(reason.code); }

    bool takes_methods = true;
    std::size_t room_for_methods = 1'000;
    std::vector<update> updates;
    std::vector<method> calls;
    std::size_t room_for_messages = 0;
    bool settles_messages = true;
    bool inputs_only = false;
    std::vector<core::c2d_delivery> deliveries;
    std::vector<errc> disconnects;
};

} // namespace iothub::test
