// Queues of cloud-to-device messages, and feedback on them.
#include <limits>
#include <string>

#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

const identity_key device{"d1", ""};
const identity_key module{"d1", "m1"};

std::vector<std::uint64_t> numbers_of(const core::queue_state& queue) {
    std::vector<std::uint64_t> numbers;
    for (const core::waiting_message& waiting : queue.messages) {
        numbers.push_back(waiting.sequence_number);
    }
    return numbers;
}

std::vector<std::string> ids_of(const std::vector<core::feedback_record>& records) {
    std::vector<std::string> ids;
    for (const core::feedback_record& record : records) {
        ids.push_back(std::to_string(record.sequence_number) + record.original_message_id);
    }
    return ids;
}

} // namespace

STORE_TEST_CASE("a message comes back as it was put, and replaces the one before") {
    TestType subject;
    const std::string odd("a\0\xff\xfe '\";--\n", 11);
    core::c2d_message full = make_message(7, std::string(65'536, '\0'));
    full.expiry = timestamp::max();
    full.delivery_count = std::numeric_limits<std::uint32_t>::max();
    full.ack = core::feedback_wanted::full;
    full.input = "in put";
    full.system_properties = {{"message-id", odd}, {"to", ""}, {"user-id", std::nullopt}};
    full.application_properties = {{odd, odd}, {"", ""}, {"k", "1"}, {"k", "2"}};
    subject.store().put_message(module, make_message(7, "first"));
    subject.store().put_message(module, full);
    CHECK(subject.store().find_message(module, 7) == full);
    REQUIRE(subject.store().commit());
    subject.reopen();
    CHECK(subject.store().find_message(module, 7) == full);
    CHECK_FALSE(subject.store().find_message(device, 7));
    CHECK_FALSE(subject.store().find_message(module, 6));
    subject.store().put_message(device, make_message(1, ""));
    CHECK(subject.store().find_message(device, 1) == make_message(1, ""));
}

STORE_TEST_CASE("a queue tells what waits in it, in order, and the last number it ever had") {
    TestType subject;
    core::store& store = subject.store();
    CHECK(store.describe_queue(device) == core::queue_state{});
    CHECK(store.list_queues().empty());
    core::c2d_message second = make_message(300, "");
    second.delivery_count = 3;
    second.ack = core::feedback_wanted::negative;
    second.input = "in";
    store.put_message(module, second);
    store.put_message(module, make_message(2, "first"));
    store.put_message(device, make_message(5, ""));
    REQUIRE(store.commit());
    subject.reopen();
    const core::queue_state queue = subject.store().describe_queue(module);
    CHECK(queue.last_sequence_number == 300);
    REQUIRE(queue.messages.size() == 2);
    CHECK(queue.messages[0] == core::waiting_message{2, make_message(2, "").expiry, 0,
                                                     core::feedback_wanted::none, false});
    CHECK(queue.messages[1] ==
          core::waiting_message{300, second.expiry, 3, core::feedback_wanted::negative, true});
    CHECK(numbers_of(subject.store().describe_queue(device)) == std::vector<std::uint64_t>{5});
    CHECK(subject.store().list_queues() == std::vector{device, module});
}

STORE_TEST_CASE("a removed message is gone; its queue keeps its last number") {
    TestType subject;
    subject.store().put_message(device, make_message(1, "one"));
    subject.store().put_message(device, make_message(2, "two"));
    subject.store().remove_message(device, 2);
    subject.store().remove_message(device, 2);
    subject.store().remove_message(module, 1);
    CHECK_FALSE(subject.store().find_message(device, 2));
    CHECK(subject.store().find_message(device, 1));
    subject.store().remove_message(device, 1);
    REQUIRE(subject.store().commit());
    subject.reopen();
    CHECK(subject.store().describe_queue(device).messages.empty());
    CHECK(subject.store().describe_queue(device).last_sequence_number == 2);
    CHECK(subject.store().list_queues().empty());
}

STORE_TEST_CASE(
    "an identity takes its queue with it, a device also its modules' and its feedback") {
    TestType subject;
    core::store& store = subject.store();
    const identity_key other{"d10", ""};
    for (const identity_key& key : {device, module, identity_key{"d1", "m2"}, other}) {
        store.put_identity(make_identity(key.device_id, key.module_id));
        store.put_message(key, make_message(4, "x"));
    }
    store.append_feedback(make_feedback("a"), 100);
    store.append_feedback(make_feedback("b", "d10"), 100);
    store.remove_identity(module);
    CHECK(store.describe_queue(module) == core::queue_state{});
    CHECK_FALSE(store.find_message(module, 4));
    CHECK(store.list_queues().size() == 3);
    CHECK(ids_of(store.list_feedback(10)) == std::vector<std::string>{"1a", "2b"});
    store.remove_identity(device);
    CHECK(store.list_queues() == std::vector{other});
    CHECK(store.describe_queue(device) == core::queue_state{});
    CHECK(store.describe_queue({"d1", "m2"}) == core::queue_state{});
    CHECK(ids_of(store.list_feedback(10)) == std::vector<std::string>{"2b"});
}

STORE_TEST_CASE("feedback comes back in order, numbered, as it was put") {
    TestType subject;
    core::feedback_record record = make_feedback("", "d2");
    record.outcome = core::c2d_outcome::purged;
    record.sequence_number = 77; // the store's own counts
    subject.store().append_feedback(make_feedback("a"), 100);
    subject.store().append_feedback(record, 100);
    REQUIRE(subject.store().commit());
    subject.reopen();
    const auto records = subject.store().list_feedback(10);
    REQUIRE(records.size() == 2);
    record.sequence_number = 2;
    CHECK(records[1] == record);
    CHECK(ids_of(subject.store().list_feedback(1)) == std::vector<std::string>{"1a"});
    CHECK(subject.store().list_feedback(0).empty());
    CHECK(subject.store().list_feedback(std::numeric_limits<std::size_t>::max()).size() == 2);
}

STORE_TEST_CASE("feedback is bounded, and a number is never given twice") {
    TestType subject;
    for (const char* id : {"a", "b", "c", "d"}) {
        subject.store().append_feedback(make_feedback(id), 2);
    }
    CHECK(ids_of(subject.store().list_feedback(10)) == std::vector<std::string>{"3c", "4d"});
    subject.store().put_identity(make_identity("d1"));
    subject.store().remove_identity({"d1", ""});
    REQUIRE(subject.store().commit());
    subject.reopen();
    CHECK(subject.store().list_feedback(10).empty());
    subject.store().append_feedback(make_feedback("e"), 2);
    CHECK(ids_of(subject.store().list_feedback(10)) == std::vector<std::string>{"5e"});
    subject.store().append_feedback(make_feedback("f"), 0);
    CHECK(subject.store().list_feedback(10).empty());
}
