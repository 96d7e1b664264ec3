// Identities: round trip, order, paging, cascade, counts.
#include <limits>
#include <string>
#include <vector>

#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

using texts = std::vector<std::string>;

core::identity full_identity() {
    core::identity value = make_identity("d", "m");
    value.generation_id = "638412345678901234";
    value.etag = std::numeric_limits<std::uint64_t>::max();
    value.enabled = false;
    value.status_reason = "gestört \"seit\" \xE6\x98\xA8\xE6\x97\xA5";
    value.status_updated = at(11);
    value.activity = {at(12), at(13) + ticks(1)};
    value.authentication.type = core::authentication_type::self_signed;
    value.authentication.primary_thumbprint = std::string(64, 'A');
    value.authentication.secondary_thumbprint = "";
    value.iot_edge = true;
    value.device_scope = "ms-azure-iot-edge://d-638412345678901234";
    value.parent_scopes = {"ms-azure-iot-edge://a-1", "ms-azure-iot-edge://b-2"};
    value.managed_by = "IoT Edge";
    return value;
}

void put_devices(core::store& store, const texts& ids) {
    for (const std::string& id : ids) {
        store.put_identity(make_identity(id));
    }
}

} // namespace

STORE_TEST_CASE("an identity comes back as it was put") {
    TestType subject;
    const core::identity full = full_identity();
    const core::identity plain = make_identity("d");
    subject.store().put_identity(full);
    subject.store().put_identity(plain);
    REQUIRE(subject.store().commit());
    subject.reopen();
    CHECK(subject.store().find_identity(full.key) == full);
    CHECK(subject.store().find_identity(plain.key) == plain);
    CHECK_FALSE(subject.store().find_identity({"d", "M"}));
    CHECK_FALSE(subject.store().find_identity({"D", ""}));
}

STORE_TEST_CASE("every kind of authentication comes back") {
    using enum core::authentication_type;
    TestType subject;
    for (const auto type : {sas, self_signed, certificate_authority, none}) {
        core::identity value = make_identity("d");
        value.authentication = {type, "", "", std::nullopt, std::nullopt};
        subject.store().put_identity(value);
        CHECK(subject.store().find_identity(value.key) == value);
    }
}

STORE_TEST_CASE("being connected is not stored") {
    TestType subject;
    core::identity value = make_identity("d");
    value.connected = true;
    subject.store().put_identity(value);
    CHECK_FALSE(subject.store().find_identity(value.key)->connected);
    CHECK_FALSE(subject.store().list_devices("", 1).front().connected);
}

STORE_TEST_CASE("ids of 128 characters and beyond ASCII keep apart") {
    TestType subject;
    const std::string longest(128, 'x');
    const std::string almost = longest.substr(0, 127) + "y";
    const std::string unicode = "ger\xC3\xA4t-\xF0\x9F\x8C\xB3";
    put_devices(subject.store(), {longest, almost, unicode});
    subject.store().put_identity(make_identity(longest, longest));
    REQUIRE(subject.store().commit());
    CHECK(ids_of(subject.store().list_devices("", 9)) == texts{unicode, longest, almost});
    CHECK(subject.store().find_identity({longest, longest}));
    CHECK_FALSE(subject.store().find_identity({almost, longest}));
    CHECK(ids_of(subject.store().list_modules(longest)) == texts{longest + "/" + longest});
}

STORE_TEST_CASE("devices are listed by the bytes of their ids, page after page") {
    TestType subject;
    put_devices(subject.store(), {"b", "B", "a", "a-1", "a1", "\xC3\xA4", "Z", "10", "9"});
    subject.store().put_identity(make_identity("a", "m"));
    subject.store().put_identity(make_identity("a", "n"));
    CHECK(ids_of(subject.store().list_devices("", 100)) ==
          texts{"10", "9", "B", "Z", "a", "a-1", "a1", "b", "\xC3\xA4"});
    CHECK(ids_of(subject.store().list_devices("", 2)) == texts{"10", "9"});
    CHECK(ids_of(subject.store().list_devices("9", 3)) == texts{"B", "Z", "a"});
    CHECK(ids_of(subject.store().list_devices("a", 2)) == texts{"a-1", "a1"});
    CHECK(ids_of(subject.store().list_devices("a0", 1)) == texts{"a1"}); // no such id
    CHECK(subject.store().list_devices("\xC3\xA4", 5).empty());
    CHECK(subject.store().list_devices("", 0).empty());
    CHECK(subject.store().list_devices("", std::numeric_limits<std::size_t>::max()).size() == 9);
}

STORE_TEST_CASE("modules are listed by their ids, of one device only") {
    TestType subject;
    put_devices(subject.store(), {"d", "d1"});
    for (const char* module : {"z", "$edgeAgent", "a"}) {
        subject.store().put_identity(make_identity("d", module));
    }
    subject.store().put_identity(make_identity("d1", "m"));
    CHECK(ids_of(subject.store().list_modules("d")) == texts{"d/$edgeAgent", "d/a", "d/z"});
    CHECK(subject.store().list_modules("x").empty());
}

STORE_TEST_CASE("modules of all devices are listed by their keys, page after page") {
    TestType subject;
    core::store& store = subject.store();
    for (const auto& [device, module] : {std::pair{"b", "m"}, {"a", "z"}, {"a", ""}, {"a", "b"}}) {
        store.put_identity(make_identity(device, module));
    }
    CHECK(ids_of(store.list_all_modules({}, 2)) == texts{"a/b", "a/z"});
    CHECK(ids_of(store.list_all_modules({"a", "b"}, 9)) == texts{"a/z", "b/m"});
    CHECK(ids_of(store.list_all_modules({"aa", ""}, 9)) == texts{"b/m"});
    CHECK(store.list_all_modules({"b", "m"}, 9).empty());
}

STORE_TEST_CASE("a device goes with its modules and all their twins") {
    TestType subject;
    core::store& store = subject.store();
    for (const identity_key& key :
         {identity_key{"d", ""}, {"d", "m"}, {"d", "n"}, {"d1", ""}, {"d1", "m"}}) {
        store.put_identity(make_identity(key.device_id, key.module_id));
        store.put_twin(core::make_twin(key, at(0)));
    }
    store.remove_identity({"d", "n"});
    CHECK(ids_of(store.list_modules("d")) == texts{"d/m"});
    CHECK_FALSE(store.find_twin({"d", "n"}));
    CHECK(store.find_twin({"d", ""}));
    store.remove_identity({"d", ""});
    CHECK_FALSE(store.find_identity({"d", ""}));
    CHECK_FALSE(store.find_identity({"d", "m"}));
    CHECK_FALSE(store.find_twin({"d", ""}));
    CHECK_FALSE(store.find_twin({"d", "m"}));
    CHECK(store.find_identity({"d1", "m"}));
    CHECK(store.find_twin({"d1", "m"}));
}

STORE_TEST_CASE("activity changes nothing else, and nothing of an unknown identity") {
    TestType subject;
    core::identity value = full_identity();
    subject.store().put_identity(value);
    value.activity = {at(100), at(200)};
    subject.store().put_activity(value.key, value.activity);
    subject.store().put_activity({"unknown", ""}, value.activity);
    CHECK(subject.store().find_identity(value.key) == value);
    CHECK_FALSE(subject.store().find_identity({"unknown", ""}));
}

STORE_TEST_CASE("counts follow every change") {
    using counts = core::identity_counts;
    TestType subject;
    core::store& store = subject.store();
    put_devices(store, {"a", "b", "c"});
    store.put_identity(make_identity("a", "m"));
    store.put_identity(make_identity("a", "n"));
    CHECK(store.count_identities() == counts{3, 3, 2});
    REQUIRE(store.commit());
    core::identity off = make_identity("a");
    off.enabled = false;
    store.put_identity(off);
    store.put_identity(off);
    CHECK(store.count_identities() == counts{3, 2, 2});
    store.put_identity(make_identity("a"));
    store.put_identity(make_identity("a", "m"));
    CHECK(store.count_identities() == counts{3, 3, 2});
    store.put_identity(off);
    REQUIRE(store.commit());
    store.remove_identity({"a", ""});
    store.remove_identity({"b", ""});
    store.remove_identity({"b", ""});
    store.remove_identity({"unknown", "m"});
    CHECK(store.count_identities() == counts{1, 1, 0});
    store.rollback();
    CHECK(store.count_identities() == counts{3, 2, 2});
}

STORE_TEST_CASE("an identity that was read before shows what has changed since") {
    TestType subject;
    core::store& store = subject.store();
    core::identity value = full_identity();
    store.put_identity(value);
    CHECK(store.find_identity(value.key) == value);
    value.activity = {at(100), at(200)};
    store.put_activity(value.key, value.activity);
    CHECK(store.find_identity(value.key) == value);
    value.enabled = true;
    value.etag = 1;
    store.put_identity(value);
    CHECK(store.find_identity(value.key) == value);
    store.remove_identity(value.key);
    CHECK_FALSE(store.find_identity(value.key));
    store.put_identity(value);
    CHECK(store.find_identity(value.key) == value);
}

STORE_TEST_CASE("a device that goes takes modules along that were read before") {
    TestType subject;
    core::store& store = subject.store();
    put_devices(store, {"d", "e"});
    store.put_identity(make_identity("d", "m"));
    CHECK(store.find_identity({"d", "m"}));
    CHECK(store.find_identity({"e", ""}));
    store.remove_identity({"d", ""});
    CHECK_FALSE(store.find_identity({"d", "m"}));
    CHECK(store.find_identity({"e", ""}));
}

STORE_TEST_CASE("what was read of a turn that is undone is not shown any more") {
    TestType subject;
    core::store& store = subject.store();
    const core::identity before = make_identity("d");
    store.put_identity(before);
    REQUIRE(store.commit());
    CHECK(store.find_identity(before.key) == before);
    core::identity lost = before;
    lost.etag = 8;
    lost.enabled = false;
    store.put_identity(lost);
    store.put_activity(lost.key, {at(100), at(200)});
    put_devices(store, {"new"});
    CHECK(store.find_identity(before.key)->etag == 8);
    CHECK(store.find_identity({"new", ""}));
    store.rollback();
    CHECK(store.find_identity(before.key) == before);
    CHECK_FALSE(store.find_identity({"new", ""}));
    store.put_activity(before.key, {at(100), at(200)});
    CHECK(store.find_identity(before.key)->activity.last_activity == at(200));
    store.rollback();
    CHECK(store.find_identity(before.key) == before);
    store.remove_identity(before.key);
    CHECK_FALSE(store.find_identity(before.key));
    store.rollback();
    CHECK(store.find_identity(before.key) == before);
    CHECK(store.count_identities() == core::identity_counts{1, 1, 0});
}

STORE_TEST_CASE("more identities than are held in memory, and larger ones, come back") {
    TestType subject;
    core::store& store = subject.store();
    const auto wide = [](int number, std::size_t size) {
        core::identity value = make_identity("d" + std::to_string(number));
        value.attributes = R"({"a":")" + std::string(size, 'x') + "\"}";
        return value;
    };
    for (int i = 0; i < 100; ++i) {
        store.put_identity(wide(i, 10'000));
    }
    store.put_identity(wide(100, 700'000));
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 100; ++i) {
            CHECK(store.find_identity({"d" + std::to_string(i), ""}) == wide(i, 10'000));
        }
        CHECK(store.find_identity({"d100", ""}) == wide(100, 700'000));
    }
}
