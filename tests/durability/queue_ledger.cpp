#include "durability/queue_ledger.hpp"

#include <algorithm>

#include "common/json.hpp"
#include "durability/message_body.hpp"

namespace iothub::durability {

namespace {

std::string text_of(const std::string& device_id, std::int64_t number) {
    return "message " + std::to_string(number) + " to " + device_id;
}

} // namespace

bool wants_feedback(std::int64_t number) {
    return number % 5 == 0;
}

queue_ledger::queue_ledger(int devices, hub_life life)
    : life_(life) {
    for (int i = 0; i < devices; ++i) {
        devices_.push_back("receiver-" + std::to_string(i));
    }
}

std::int64_t queue_ledger::begin_send(const std::string& device_id) {
    const std::lock_guard guard(mutex_);
    const std::int64_t number = ++last_number_[device_id];
    messages_[device_id][number] = {};
    return number;
}

void queue_ledger::sent(const std::string& device_id, std::int64_t number) {
    const std::lock_guard guard(mutex_);
    messages_[device_id][number].acknowledged = true;
}

void queue_ledger::not_sent(const std::string& device_id, std::int64_t number) {
    const std::lock_guard guard(mutex_);
    messages_[device_id].erase(number);
}

void queue_ledger::received(const std::string& device_id, std::int64_t number,
                            std::int64_t sequence_number, std::int64_t delivery_count) {
    const std::lock_guard guard(mutex_);
    sent_message& message = messages_[device_id][number];
    message.sequence_number = sequence_number;
    message.delivery_count = delivery_count;
}

void queue_ledger::settle(const std::string& device_id, std::int64_t number, settlement how) {
    const std::lock_guard guard(mutex_);
    messages_[device_id][number].settled = how;
}

void queue_ledger::check(const hub_access& hub, findings& found) {
    const std::lock_guard guard(mutex_);
    for (const std::string& device_id : devices_) {
        check_queue(device_id, hub.get("/api/messages?device=" + device_id).at("messages"), found);
    }
    check_feedback(hub.get("/api/feedback?limit=10000").at("records"), found);
}

void queue_ledger::check_queue(const std::string& device_id, const json& queue, findings& found) {
    std::set<std::int64_t> present;
    std::int64_t last_sequence_number = 0;
    std::int64_t last_number = 0;
    for (const json& listed : queue) {
        const auto sequence_number = listed.at("sequenceNumber").get<std::int64_t>();
        const std::int64_t number = number_of_message(listed);
        found.expect(sequence_number > last_sequence_number && number > last_number,
                     text_of(device_id, number) + " with the sequence number " +
                         std::to_string(sequence_number) + " stands after message " +
                         std::to_string(last_number) + ", " + std::to_string(last_sequence_number));
        check_listed(device_id, listed, found);
        present.insert(number);
        last_sequence_number = sequence_number;
        last_number = number;
    }
    check_absent(device_id, present, found);
}

void queue_ledger::check_listed(const std::string& device_id, const json& listed, findings& found) {
    const std::int64_t number = number_of_message(listed);
    const std::string text = text_of(device_id, number);
    messages& known = messages_[device_id];
    const auto at = known.find(number);
    if (number == 0 || at == known.end()) {
        found.add(text + " was never sent, or completed long ago, or is torn: " + listed.dump());
        return;
    }
    sent_message& message = at->second;
    const auto sequence_number = listed.at("sequenceNumber").get<std::int64_t>();
    const auto delivery_count = listed.at("deliveryCount").get<std::int64_t>();
    found.expect(message.settled != settlement::completed, text + " was completed and is back");
    found.expect(listed.at("state") == "enqueued" || life_ == hub_life::goes_on,
                 text + " is still locked");
    found.expect(message.sequence_number == 0 || message.sequence_number == sequence_number,
                 text + " had the sequence number " + std::to_string(message.sequence_number) +
                     " and has " + std::to_string(sequence_number));
    found.expect(delivery_count >= message.delivery_count,
                 text + " was delivered " + std::to_string(message.delivery_count) +
                     " times, and is said to have been " + std::to_string(delivery_count));
    message = {true, settlement::none, sequence_number, delivery_count};
}

// What is not there any more is forgotten, and may not come back.
void queue_ledger::check_absent(const std::string& device_id, const std::set<std::int64_t>& present,
                                findings& found) {
    std::erase_if(messages_[device_id], [&](const auto& one) {
        const auto& [number, message] = one;
        if (present.contains(number)) {
            return false;
        }
        found.expect(!message.acknowledged || message.settled != settlement::none,
                     "lost: " + text_of(device_id, number));
        if (wants_feedback(number) && message.settled != settlement::none) {
            feedback_wanted_[device_id + "/" + std::to_string(number)] = 0;
        }
        return true;
    });
}

void queue_ledger::check_feedback(const json& records, findings& found) {
    for (auto& [id, count] : feedback_wanted_) {
        count = 0;
    }
    for (const json& record : records) {
        const std::string id = record.at("originalMessageId").get<std::string>();
        const auto wanted = feedback_wanted_.find(id);
        if (wanted == feedback_wanted_.end()) {
            found.add("feedback of a message that waits: " + record.dump());
            continue;
        }
        ++wanted->second;
        found.expect(record.at("statusCode") == "Success", "feedback: " + record.dump());
    }
    for (const auto& [id, count] : feedback_wanted_) {
        found.expect(count == 1, std::to_string(count) + " feedback records of message " + id);
    }
}

} // namespace iothub::durability
