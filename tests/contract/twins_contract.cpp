// Twins: documents come back verbatim.
#include <limits>
#include <string>

#include "common/json_text.hpp"
#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

template <class Subject>
void check_verbatim(Subject& subject, const std::string& text) {
    core::twin value = core::make_twin({"d", "m"}, at(0));
    value.tags = parse_json(text).value();
    value.desired.values = value.tags;
    value.reported.metadata = value.tags;
    subject.store().put_twin(value);
    REQUIRE(subject.store().commit());
    subject.reopen();
    const auto found = subject.store().find_twin(value.key);
    REQUIRE(found);
    CHECK(to_text(found->tags) == text);
    CHECK(to_text(found->desired.values) == text);
    CHECK(to_text(found->reported.metadata) == text);
}

} // namespace

STORE_TEST_CASE("a twin comes back as it was put, and replaces the one before") {
    TestType subject;
    core::twin value = core::make_twin({"d", ""}, at(3));
    value.model_id = "dtmi:example:Thermostat;1";
    value.version = 17;
    value.etag = std::numeric_limits<std::uint64_t>::max();
    value.desired.version = 5;
    value.desired.values = json{{"a", 1}};
    value.desired.metadata = json{{"$lastUpdated", "2020-01-01T00:00:00Z"}};
    value.reported.version = 9;
    subject.store().put_twin(core::make_twin(value.key, at(0)));
    subject.store().put_twin(value);
    CHECK(subject.store().find_twin(value.key) == value);
    REQUIRE(subject.store().commit());
    subject.reopen();
    CHECK(subject.store().find_twin(value.key) == value);
    CHECK_FALSE(subject.store().find_twin({"d", "m"}));
}

STORE_TEST_CASE("a twin that changes in its place leaves alone what was handed out before") {
    TestType subject;
    core::twin value = core::make_twin({"d", ""}, at(0));
    value.tags = json{{"floor", 1}};
    subject.store().put_twin(value);
    const auto before = subject.store().find_twin(value.key);
    const auto climb = [&] {
        subject.store().change_twin(value.key, [](core::twin& t) {
            t.tags.writable()["floor"] = t.tags->at("floor").template get<int>() + 1;
        });
    };
    climb();
    const auto between = subject.store().find_twin(value.key);
    REQUIRE(subject.store().commit());
    climb();
    CHECK(to_text(before->tags) == R"({"floor":1})");
    CHECK(to_text(between->tags) == R"({"floor":2})");
    CHECK(subject.store().find_twin(value.key)->tags.text() == R"({"floor":3})");
    subject.store().rollback();
    CHECK(subject.store().find_twin(value.key)->tags.text() == R"({"floor":2})");
    climb();
    REQUIRE(subject.store().commit());
    subject.reopen();
    climb();
    CHECK(subject.store().find_twin(value.key)->tags.text() == R"({"floor":4})");
}

STORE_TEST_CASE("nothing happens to a twin that is not there") {
    TestType subject;
    bool called = false;
    subject.store().change_twin({"d", ""}, [&](core::twin&) { called = true; });
    CHECK_FALSE(called);
    CHECK(subject.store().commit());
    CHECK_FALSE(subject.store().find_twin({"d", ""}));
}

STORE_TEST_CASE("of what a turn does to a twin, the last counts") {
    TestType subject;
    const identity_key device{"d", ""};
    const identity_key module{"d", "m"};
    const auto put = [&](const identity_key& key, std::uint64_t version) {
        core::twin value = core::make_twin(key, at(0));
        value.version = version;
        subject.store().put_twin(value);
    };
    const auto version = [&](const identity_key& key) {
        const auto found = subject.store().find_twin(key);
        return found ? found->version : 0;
    };
    for (const identity_key& key : {device, module}) {
        core::identity id;
        id.key = key;
        subject.store().put_identity(id);
    }
    put(device, 2);
    put(module, 3);
    put(device, 4);
    CHECK(version(device) == 4);
    REQUIRE(subject.store().commit());
    put(device, 5);
    put(module, 6);
    subject.store().rollback();
    CHECK(version(device) == 4);
    CHECK(version(module) == 3);

    put(module, 7);
    subject.store().remove_identity(device);
    CHECK(version(device) == 0);
    CHECK(version(module) == 0);
    put(device, 8);
    REQUIRE(subject.store().commit());
    subject.reopen();
    CHECK(version(device) == 8);
    CHECK(version(module) == 0);
}

STORE_TEST_CASE("a turn may write more twins than are held back") {
    TestType subject;
    for (int i = 0; i < 200; ++i) {
        core::twin value = core::make_twin({"d" + std::to_string(i), ""}, at(0));
        value.version = static_cast<std::uint64_t>(i) + 1;
        subject.store().put_twin(value);
    }
    REQUIRE(subject.store().commit());
    subject.reopen();
    for (const int i : {0, 63, 64, 65, 199}) {
        const auto found = subject.store().find_twin({"d" + std::to_string(i), ""});
        REQUIRE(found);
        CHECK(found->version == static_cast<std::uint64_t>(i) + 1);
    }
}

STORE_TEST_CASE("JSON in a twin is kept to the letter") {
    TestType subject;
    check_verbatim(subject, R"({"z":1,"a":1.0,"m":{"y":null,"b":[1,1.0,-0.0,[],{}]}})");
    check_verbatim(subject, R"({"":true,"18446744073709551615":18446744073709551615})");
    check_verbatim(subject, R"({"min":-9223372036854775808,"tiny":5e-324,"big":1e+300})");
    check_verbatim(subject, "{\"\xC3\xA4\":\"\xF0\x9F\x8C\xB3\\u0000\\n\\\"'; --\"}");
    check_verbatim(subject, "{}");
}

STORE_TEST_CASE("large and deep documents come back") {
    TestType subject;
    check_verbatim(subject, "{\"text\":\"" + std::string(300'000, 'x') + "\"}");
    std::string deep = "1";
    for (int level = 0; level < 60; ++level) {
        deep = "{\"n\":" + deep + "}";
    }
    check_verbatim(subject, deep);
    json wide = json::object();
    for (int member = 0; member < 3000; ++member) {
        wide["member-" + std::to_string(member)] = member;
    }
    check_verbatim(subject, to_text(wide));
}

// More of them than a store may keep in memory, read and written in turns.
STORE_TEST_CASE("many large twins come back, each as it was put last") {
    TestType subject;
    const auto key_of = [](int i) { return identity_key{"d", "m" + std::to_string(i)}; };
    for (std::uint64_t version = 2; version < 5; ++version) {
        for (int i = 0; i < 40; ++i) {
            core::twin value =
                subject.store().find_twin(key_of(i)).value_or(core::make_twin(key_of(i), at(0)));
            REQUIRE(value.version == (version == 2 ? 2 : version - 1));
            value.version = version;
            value.tags = json{{"filling", std::string(300'000, static_cast<char>('a' + i % 26))}};
            subject.store().put_twin(value);
        }
    }
    for (int i = 0; i < 40; ++i) {
        CHECK(subject.store().find_twin(key_of(i))->version == 4);
    }
}
