// The If-Match table of service API §1.2, for devices and modules alike.
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

namespace {

struct subject {
    explicit subject(bool module)
        : key{"d", module ? "m" : ""} {
        if (module) {
            h.create({"d", ""});
        }
    }

    result<identity> put(const precondition& demand) {
        return h.hub.identities().put({.key = key}, demand);
    }
    result<> remove(const precondition& demand) { return h.hub.identities().remove(key, demand); }
    bool exists() { return h.store.find_identity(key).has_value(); }
    errc exists_already() const {
        return key.is_module() ? errc::module_already_exists : errc::device_already_exists;
    }
    errc missing() const {
        return key.is_module() ? errc::module_not_found : errc::device_not_found;
    }

    test::memory_hub h;
    identity_key key;
};

} // namespace

TEST_CASE("PUT without a precondition creates", "[registry]") {
    subject s(GENERATE(false, true));
    REQUIRE(s.put({}));
    CHECK(s.exists());
}

TEST_CASE("PUT without a precondition never changes what exists", "[registry]") {
    subject s(GENERATE(false, true));
    const identity before = s.h.create(s.key);
    const auto again = s.put({});
    REQUIRE_FALSE(again);
    CHECK(again.error().code == s.exists_already());
    CHECK(again.error().message.find("already registered") != std::string::npos);
    CHECK(s.h.store.find_identity(s.key) == before);
}

TEST_CASE("PUT with a wildcard updates", "[registry]") {
    subject s(GENERATE(false, true));
    const identity before = s.h.create(s.key);
    const auto after = s.put(precondition::anything());
    REQUIRE(after);
    CHECK(after->etag == before.etag + 1);
}

TEST_CASE("PUT with a wildcard or an etag does not create", "[registry]") {
    subject s(GENERATE(false, true));
    for (const auto& demand : {precondition::anything(), precondition::exactly("MQ==")}) {
        const auto refused = s.put(demand);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == s.missing());
        CHECK_FALSE(s.exists());
    }
}

TEST_CASE("PUT with the current etag updates, once", "[registry]") {
    subject s(GENERATE(false, true));
    const std::string current = test::etag(s.h.create(s.key));
    REQUIRE(s.put(precondition::exactly(current)));
    const auto stale = s.put(precondition::exactly(current));
    REQUIRE_FALSE(stale);
    CHECK(stale.error().code == errc::precondition_failed);
}

TEST_CASE("PUT with another etag changes nothing", "[registry]") {
    subject s(GENERATE(false, true));
    const identity before = s.h.create(s.key);
    const std::string other = GENERATE("", "MQ==", "not base64");
    const auto refused = s.put(precondition::exactly(other));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::precondition_failed);
    CHECK(s.h.store.find_identity(s.key) == before);
}

TEST_CASE("DELETE without a precondition is refused, whether the identity exists or not",
          "[registry]") {
    subject s(GENERATE(false, true));
    CHECK(s.remove({}).error().code == errc::precondition_failed);
    s.h.create(s.key);
    const auto refused = s.remove({});
    CHECK(refused.error().code == errc::precondition_failed);
    CHECK(refused.error().message.find("Etag missing") != std::string::npos);
    CHECK(s.exists());
}

TEST_CASE("DELETE with a wildcard or the current etag removes", "[registry]") {
    subject s(GENERATE(false, true));
    const std::string current = test::etag(s.h.create(s.key));
    const bool wildcard = GENERATE(true, false);
    REQUIRE(s.remove(wildcard ? precondition::anything() : precondition::exactly(current)));
    CHECK_FALSE(s.exists());
}

TEST_CASE("DELETE of what does not exist is not found", "[registry]") {
    subject s(GENERATE(false, true));
    for (const auto& demand : {precondition::anything(), precondition::exactly("MQ==")}) {
        CHECK(s.remove(demand).error().code == s.missing());
    }
}

TEST_CASE("DELETE with another etag removes nothing", "[registry]") {
    subject s(GENERATE(false, true));
    const std::string old = test::etag(s.h.create(s.key));
    REQUIRE(s.put(precondition::anything()));
    CHECK(s.remove(precondition::exactly(old)).error().code == errc::precondition_failed);
    CHECK(s.exists());
}

TEST_CASE("a module of a device that does not exist is refused as the device's absence",
          "[registry]") {
    test::memory_hub h;
    const identity_key key{"absent", "m"};
    for (const auto& demand : {precondition{}, precondition::anything()}) {
        CHECK(h.hub.identities().put({.key = key}, demand).error().code == errc::device_not_found);
    }
    CHECK(h.hub.identities().get(key).error().code == errc::device_not_found);
    CHECK(h.hub.identities().remove(key, precondition::anything()).error().code ==
          errc::device_not_found);
    CHECK_FALSE(h.store.find_identity(key));
    CHECK_FALSE(h.store.find_twin(key));
}

} // namespace iothub::core
