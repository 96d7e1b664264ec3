// Turns: what commit keeps and rollback takes back; and records.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "contract/store_snapshot.hpp"
#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

core::twin twin_of(const identity_key& key) {
    core::twin value = core::make_twin(key, at(0));
    value.tags = json{{"floor", 3}};
    value.reported.values = json{{"temperature", 21.5}};
    return value;
}

// Two devices, one with two modules; twins; events in two partitions; messages; a record; an index.
void fill(core::store& store) {
    for (const auto& [device, module] :
         {std::pair{"d1", ""}, {"d1", "m1"}, {"d1", "m2"}, {"d2", ""}}) {
        store.put_identity(make_identity(device, module));
        store.put_twin(twin_of({device, module}));
    }
    store.append_events(0, make_block(0, 2, 0, "first"));
    store.append_events(0, make_block(2, 1, 5, "second"));
    store.append_events(1, make_block(0, 1, 0, "other"));
    store.put_message({"d1", ""}, make_message(1, "one"));
    store.put_message({"d1", ""}, make_message(2, "two"));
    store.put_message({"d1", "m1"}, make_message(1, "to a module"));
    store.append_feedback(make_feedback("a"), 100);
    store.append_feedback(make_feedback("b", "d2"), 100);
    store.put_record("one", "1");
    store.put_index_entry("i", {"d1", ""}, "a");
    store.put_index_entry("i", {"d1", "m1"}, "a");
    store.put_index_entry("i", {"d2", ""}, "b");
    REQUIRE(store.commit());
}

struct named_write {
    std::string name;
    std::function<void(core::store&)> run;
};

core::identity disabled(core::identity value) {
    value.enabled = false;
    return value;
}

core::twin tagless(core::twin value) {
    value.tags = json::object();
    return value;
}

// Each kind of write; every one of them changes what fill() made.
std::vector<named_write> every_write() {
    return {
        {"a new device", [](auto& s) { s.put_identity(make_identity("d3")); }},
        {"a new module", [](auto& s) { s.put_identity(make_identity("d2", "m")); }},
        {"a changed device", [](auto& s) { s.put_identity(disabled(make_identity("d1"))); }},
        {"activity", [](auto& s) { s.put_activity({"d1", "m2"}, {at(5), at(6)}); }},
        {"a new twin",
         [](auto& s) {
             s.put_identity(make_identity("d4"));
             s.put_twin(twin_of({"d4", ""}));
         }},
        {"a twin changed in its place",
         [](auto& s) {
             s.change_twin({"d1", "m1"}, [](core::twin& t) {
                 ++t.version;
                 t.tags.writable()["floor"] = 4;
             });
         }},
        {"a changed twin", [](auto& s) { s.put_twin(tagless(twin_of({"d1", "m1"}))); }},
        {"events", [](auto& s) { s.append_events(0, make_block(3, 1, 11, "third")); }},
        {"events in a new partition",
         [](auto& s) { s.append_events(2, make_block(0, 1, 0, "x")); }},
        {"trimming", [](auto& s) { s.trim_events(0, 6, never); }},
        {"trimming everything", [](auto& s) { s.trim_events(0, 0, never); }},
        {"a new message", [](auto& s) { s.put_message({"d1", ""}, make_message(3, "three")); }},
        {"a first message", [](auto& s) { s.put_message({"d2", ""}, make_message(1, "first")); }},
        {"a changed message",
         [](auto& s) { s.put_message({"d1", ""}, make_message(2, "changed")); }},
        {"a removed message", [](auto& s) { s.remove_message({"d1", ""}, 1); }},
        {"the last message removed", [](auto& s) { s.remove_message({"d1", "m1"}, 1); }},
        {"feedback", [](auto& s) { s.append_feedback(make_feedback("c"), 100); }},
        {"removed feedback", [](auto& s) { s.remove_feedback(1); }},
        {"feedback in place of older", [](auto& s) { s.append_feedback(make_feedback("c"), 1); }},
        {"a new record", [](auto& s) { s.put_record("two", "2"); }},
        {"a changed record", [](auto& s) { s.put_record("one", "11"); }},
        {"a removed record", [](auto& s) { s.remove_record("one"); }},
        {"removed records", [](auto& s) { s.remove_records("tw"); }},
        {"a new index entry", [](auto& s) { s.put_index_entry("i", {"d1", "m2"}, "b"); }},
        {"a changed index entry", [](auto& s) { s.put_index_entry("i", {"d1", ""}, "b"); }},
        {"a removed index entry", [](auto& s) { s.remove_index_entry("i", {"d2", ""}); }},
        {"a cleared index", [](auto& s) { s.clear_index("i"); }},
        {"a removed module", [](auto& s) { s.remove_identity({"d1", "m1"}); }},
        {"a removed device", [](auto& s) { s.remove_identity({"d1", ""}); }},
    };
}

void run_all(core::store& store) {
    for (const named_write& write : every_write()) {
        write.run(store);
    }
}

} // namespace

STORE_TEST_CASE("a store that nothing was put into is empty") {
    TestType subject;
    store_snapshot empty;
    empty.partitions.resize(3);
    CHECK(take_snapshot(subject.store()) == empty);
    CHECK_FALSE(subject.store().find_identity({"d", ""}));
    CHECK_FALSE(subject.store().find_twin({"d", "m"}));
    CHECK_FALSE(subject.store().find_record("one"));
}

STORE_TEST_CASE("each write is seen at once, undone by rollback and kept by commit") {
    TestType subject;
    fill(subject.store());
    for (const named_write& write : every_write()) {
        INFO(write.name);
        const store_snapshot before = take_snapshot(subject.store());
        write.run(subject.store());
        const store_snapshot changed = take_snapshot(subject.store());
        CHECK_FALSE(changed == before);
        subject.store().rollback();
        CHECK(take_snapshot(subject.store()) == before);
        write.run(subject.store());
        REQUIRE(subject.store().commit());
        subject.store().rollback();
        CHECK(take_snapshot(subject.store()) == changed);
    }
}

STORE_TEST_CASE("all writes of a turn are undone together") {
    TestType subject;
    fill(subject.store());
    const store_snapshot before = take_snapshot(subject.store());
    run_all(subject.store());
    run_all(subject.store());
    CHECK_FALSE(take_snapshot(subject.store()) == before);
    subject.store().rollback();
    CHECK(take_snapshot(subject.store()) == before);
}

STORE_TEST_CASE("a turn without writes commits and rolls back as well") {
    TestType subject;
    CHECK_FALSE(subject.store().commit().value());
    subject.store().rollback();
    subject.store().rollback();
    CHECK_FALSE(subject.store().commit().value());
    fill(subject.store());
    const store_snapshot before = take_snapshot(subject.store());
    CHECK_FALSE(subject.store().commit().value());
    CHECK(take_snapshot(subject.store()) == before);
}

STORE_TEST_CASE("commit tells whether there was something to keep") {
    TestType subject;
    subject.store().put_record("one", "1");
    CHECK(subject.store().commit().value());
    CHECK_FALSE(subject.store().commit().value());
    subject.store().put_record("one", "2");
    subject.store().rollback();
    CHECK_FALSE(subject.store().commit().value());
}

STORE_TEST_CASE("records keep any text") {
    TestType subject;
    const std::string odd("a\0b \xF0\x9F\x8C\xB3 '\";--", 14);
    subject.store().put_record("odd", odd);
    subject.store().put_record("", "of no name");
    subject.store().put_record("empty", "");
    CHECK(subject.store().find_record("odd") == odd);
    CHECK(subject.store().find_record("") == "of no name");
    CHECK(subject.store().find_record("empty") == "");
    CHECK_FALSE(subject.store().find_record("Odd"));
}

using records = std::vector<core::stored_record>;

STORE_TEST_CASE("records are removed, and listed by the beginning of their names") {
    TestType subject;
    for (const char* name : {"b/2", "b/10", "b", "a/1", "b0", "b/"}) {
        subject.store().put_record(name, std::string("value of ") + name);
    }
    subject.store().remove_record("b/2");
    subject.store().remove_record("b/2");
    subject.store().remove_record("none");
    REQUIRE(subject.store().commit());
    subject.reopen();
    CHECK(subject.store().list_records("b/") ==
          records{{"b/", "value of b/"}, {"b/10", "value of b/10"}});
    CHECK(subject.store().list_records("").size() == 5);
    CHECK(subject.store().list_records("c").empty());
    CHECK_FALSE(subject.store().find_record("b/2"));
    subject.store().put_record("b/2", "again");
    CHECK(subject.store().find_record("b/2") == "again");
}

STORE_TEST_CASE(
    "records are listed a page at a time, and removed by the beginning of their names") {
    TestType subject;
    core::store& store = subject.store();
    for (const char* name : {"j/1", "j/2", "j/3", "j", "k/1", "j0"}) {
        store.put_record(name, "x");
    }
    CHECK(store.list_records("j/", "", 2) == records{{"j/1", "x"}, {"j/2", "x"}});
    CHECK(store.list_records("j/", "j/2", 2) == records{{"j/3", "x"}});
    CHECK(store.list_records("j/", "j/3", 2).empty());
    CHECK(store.list_records("j/", "a", 1) == records{{"j/1", "x"}});
    store.remove_records("j/");
    REQUIRE(store.commit());
    subject.reopen();
    CHECK(subject.store().list_records("") == records{{"j", "x"}, {"j0", "x"}, {"k/1", "x"}});
}

using keys = std::vector<identity_key>;

STORE_TEST_CASE("an index finds identities by their value, in their order, page after page") {
    TestType subject;
    core::store& store = subject.store();
    for (const identity_key& key : keys{{"b", ""}, {"a", "m"}, {"a", ""}, {"c", ""}}) {
        store.put_index_entry("floor", key, "3");
    }
    store.put_index_entry("floor", {"d", ""}, "31");
    store.put_index_entry("room", {"e", ""}, "3");
    CHECK(store.find_indexed({"floor", "3"}, {}, 2) == keys{{"a", ""}, {"a", "m"}});
    CHECK(store.find_indexed({"floor", "3"}, {"a", "m"}, 9) == keys{{"b", ""}, {"c", ""}});
    store.put_index_entry("floor", {"b", ""}, "4");
    store.remove_index_entry("floor", {"c", ""});
    store.remove_index_entry("floor", {"none", ""});
    REQUIRE(store.commit());
    subject.reopen();
    CHECK(subject.store().find_indexed({"floor", "3"}, {"a", ""}, 9) == keys{{"a", "m"}});
    CHECK(subject.store().find_indexed({"floor", "4"}, {}, 9) == keys{{"b", ""}});
    subject.store().clear_index("floor");
    CHECK(subject.store().find_indexed({"floor", "3"}, {}, 9).empty());
    CHECK(subject.store().find_indexed({"room", "3"}, {}, 9) == keys{{"e", ""}});
}

STORE_TEST_CASE("an identity takes its index entries with it, a device also its modules'") {
    TestType subject;
    core::store& store = subject.store();
    for (const identity_key& key : keys{{"a", ""}, {"a", "m"}, {"b", ""}, {"b", "m"}}) {
        store.put_identity(make_identity(key.device_id, key.module_id));
        store.put_index_entry("floor", key, "3");
    }
    store.remove_identity({"a", ""});
    store.remove_identity({"b", "m"});
    CHECK(store.find_indexed({"floor", "3"}, {}, 9) == keys{{"b", ""}});
}
