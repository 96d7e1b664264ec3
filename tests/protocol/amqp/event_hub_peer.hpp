#pragma once
// A back end that reads events: a peer with a policy's token, and a hub with telemetry in it.

#include <string>
#include <utility>

#include "peer.hpp"

namespace iothub::test {

inline const std::string entity = "iothub-ehub-emulator";

struct reading_world : world {
    std::uint32_t partition = hub.events().partition_of(device.device_id);

    void send(const std::string& body, const identity_key& from = device) {
        core::device_message message;
        message.body = body;
        hub.take({from, "637000000000000000", "{}", timestamp::max()}, std::move(message)).value();
        hub.end_turn();
    }
    std::string address(const std::string& group = "$Default") const {
        return entity + "/ConsumerGroups/" + group + "/Partitions/" + std::to_string(partition);
    }
};

struct reading_peer : peer {
    explicit reading_peer(
        reading_world& in,
        const std::string& token = policy_token("service", "sb://hub.test/" + entity),
        wake_up on_hub_output = [] {})
        : peer(in, {"127.0.0.1:50000", {}}, {}, std::move(on_hub_output))
        , in_(in) {
        open_with_sasl("ANONYMOUS");
        if (!token.empty()) {
            put_token(token);
        }
        begin();
    }

    // A reader of the partition that the device's events are in.
    peer_link& read(const std::string& condition, attach_options how = {}) {
        if (!condition.empty()) {
            how.filter = selector("amqp.annotation." + condition);
        }
        return receiver(in_.address(), std::move(how));
    }

    static amqp::map selector(amqp::value text) {
        const amqp::symbol key{"apache.org:selector-filter:string"};
        return {
            {key, std::make_shared<const amqp::described>(amqp::described{key, std::move(text)})}};
    }

    // After the time that a detach waits.
    const link_end& end_of(peer_link& which) {
        wait(std::chrono::milliseconds(20));
        static const link_end none;
        return which.ended ? *which.ended : none;
    }

private:
    reading_world& in_;
};

inline std::vector<std::string> bodies(const peer_link& from) {
    std::vector<std::string> all;
    for (const received_message& one : from.inbox) {
        all.push_back(one.content.data.empty() ? "" : one.content.data.front());
    }
    return all;
}

using texts = std::vector<std::string>;

} // namespace iothub::test
