#pragma once
// A hub with a device and a module, over a store that can fail, and short words for messages.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/hub.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_link.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

using namespace std::chrono_literals;
using core::c2d_delivery;
using core::c2d_message;
using core::c2d_outcome;
using core::feedback_wanted;
using core::settlement;

const identity_key device{"d", ""};
const identity_key module{"d", "m"};

inline c2d_message say(const std::string& body, feedback_wanted ack = feedback_wanted::none) {
    c2d_message message;
    message.system_properties = {{"message-id", "id of " + body}};
    message.body = body;
    message.ack = ack;
    return message;
}

struct c2d_bench {
    explicit c2d_bench(core::c2d_settings how = {})
        : settings(how) {
        start();
        create(device);
        create(module);
        hub->end_turn();
    }

    // As after the end of the process: another hub on what the store has kept.
    void start() {
        kept.rollback();
        core::hub_settings all;
        all.c2d = settings;
        hub.emplace(store, clock, ids, log, all);
    }

    void create(const identity_key& key) { REQUIRE(hub->identities().put({.key = key}, {})); }

    core::c2d_service& c2d() { return hub->c2d(); }

    void send(const std::string& body, feedback_wanted ack = feedback_wanted::none) {
        REQUIRE(c2d().enqueue(device, say(body, ack)));
    }

    // The body of what a poller gets, or "nothing"; the delivery is in `last`.
    std::string poll() {
        last = c2d().receive(device);
        return last ? last->message.body : "nothing";
    }
    result<> settle(settlement how) { return c2d().settle(device, last->lock_token, how); }

    void pass(std::chrono::seconds time) {
        clock.advance(time);
        hub->advance();
    }

    std::string bodies() {
        std::string all;
        for (const core::queued_message& one : c2d().list(device)) {
            all += one.message.body + (one.locked ? "(locked) " : " ");
        }
        return all;
    }

    std::vector<std::string> outcomes() {
        std::vector<std::string> all;
        for (const core::feedback_record& record : c2d().feedback(1000)) {
            all.push_back(record.original_message_id + ": " +
                          std::string(core::outcome_text(record.outcome)));
        }
        return all;
    }

    core::c2d_settings settings;
    manual_clock clock;
    fixed_ids ids;
    recording_log log;
    storage::memory_store kept;
    faulty_store store{kept};
    std::optional<core::hub> hub;
    std::optional<c2d_delivery> last;
};

} // namespace iothub::test
