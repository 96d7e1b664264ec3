#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

namespace {

result<identity> add_module(test::memory_hub& h, const std::string& module_id) {
    return h.hub.identities().put({.key = {"d", module_id}}, {});
}

} // namespace

TEST_CASE("a device has at most 50 modules, and room again when one goes", "[registry]") {
    test::memory_hub h;
    h.create({"d", ""});
    h.create({"e", ""});
    h.create({"e", "m0"});
    for (int i = 0; i < 50; ++i) {
        REQUIRE(add_module(h, "m" + std::to_string(i)));
    }
    const auto refused = add_module(h, "m50");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::too_many_modules);
    CHECK_FALSE(h.store.find_twin({"d", "m50"}));
    CHECK(h.hub.identities().put({.key = {"d", "m7"}}, precondition::anything()));
    CHECK(add_module(h, "m7").error().code == errc::module_already_exists);
    REQUIRE(h.hub.identities().remove({"d", "m7"}, precondition::anything()));
    CHECK(add_module(h, "m50"));
}

TEST_CASE("a module of the system cannot be created", "[registry]") {
    test::memory_hub h;
    h.create({"d", ""});
    CHECK(add_module(h, "$edgeAgent").error().code == errc::argument_invalid);
    CHECK(add_module(h, "$edgeHub").error().code == errc::argument_invalid);
    CHECK(h.hub.identities().list_modules("d")->empty());
}

TEST_CASE("a module says who manages it until an update does not", "[registry]") {
    test::memory_hub h;
    h.create({"d", ""});
    identity_request request{.key = {"d", "m"}, .managed_by = "someone"};
    CHECK(h.hub.identities().put(request, {})->managed_by == "someone");
    request.managed_by.reset();
    CHECK_FALSE(h.hub.identities().put(request, precondition::anything())->managed_by);
}

TEST_CASE("modules of one name on two devices are two identities", "[registry]") {
    test::memory_hub h;
    for (const auto* device : {"d", "e"}) {
        h.create({device, ""});
        h.create({device, "m"});
    }
    CHECK(h.hub.identities().get({"d", "m"})->authentication.primary_key !=
          h.hub.identities().get({"e", "m"})->authentication.primary_key);
    REQUIRE(h.hub.identities().remove({"d", "m"}, precondition::anything()));
    CHECK(h.hub.identities().get({"e", "m"}));
}

TEST_CASE("a missing module of a device that exists is not found as a module", "[registry]") {
    test::memory_hub h;
    h.create({"d", ""});
    CHECK(h.hub.identities().get({"d", "m"}).error().code == errc::module_not_found);
}

TEST_CASE("devices and modules together have a limit", "[registry]") {
    test::memory_hub h;
    h.hub.identities().limit_identities(2);
    h.create({"d", ""});
    h.create({"d", "m"});
    const auto key = GENERATE(as<identity_key>{}, identity_key{"e", ""}, identity_key{"d", "n"});
    const auto refused = h.hub.identities().put({.key = key}, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::quota_exceeded);
    CHECK(refused.error().message.ends_with("Max allowed count: '2'."));
    REQUIRE(h.hub.identities().remove({"d", "m"}, precondition::anything()));
    CHECK(h.hub.identities().put({.key = key}, {}));
}

} // namespace iothub::core
