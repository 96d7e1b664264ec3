// What a PUT leaves of an identity that exists (service API §1.2, §2.1).
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

const identity_key device{"d", ""};

result<identity> update(test::memory_hub& h, identity_request request) {
    request.key = device;
    return h.hub.identities().put(request, precondition::anything());
}

} // namespace

TEST_CASE("a new device is enabled, disconnected and has never done anything", "[registry]") {
    test::memory_hub h;
    const identity made = h.create(device);
    CHECK(made.enabled);
    CHECK_FALSE(made.connected);
    CHECK_FALSE(made.status_reason);
    CHECK(made.status_updated == never);
    CHECK(made.activity == activity{never, never});
    CHECK(made.parent_scopes.empty());
    CHECK_FALSE(made.device_scope);
    CHECK_FALSE(made.managed_by);
    CHECK(made.etag < (std::uint64_t{1} << 31));
    CHECK(h.hub.identities().get(device).value() == made);
}

TEST_CASE("the generation id is the ticks of creation, kept by updates and new after removal",
          "[registry]") {
    test::memory_hub h;
    const identity made = h.create(device);
    CHECK(made.generation_id == std::to_string(dotnet_ticks(h.clock.now())));
    h.clock.advance(std::chrono::seconds(1));
    CHECK(update(h, {})->generation_id == made.generation_id);
    REQUIRE(h.hub.identities().remove(device, precondition::anything()));
    CHECK(h.create(device).generation_id != made.generation_id);
}

TEST_CASE("each update raises the etag by one", "[registry]") {
    test::memory_hub h;
    const std::uint64_t first = h.create(device).etag;
    CHECK(update(h, {})->etag == first + 1);
    CHECK(update(h, {})->etag == first + 2);
    CHECK(h.hub.identities().get(device)->etag == first + 2);
}

TEST_CASE("the etag is the base64 of the counter in decimal", "[registry]") {
    identity id;
    id.etag = 241'791'198;
    CHECK(etag_text(id) == "MjQxNzkxMTk4");
}

TEST_CASE("an update without keys makes new ones", "[registry]") {
    test::memory_hub h;
    const identity made = h.create(device);
    const auto updated = update(h, {});
    REQUIRE(updated);
    CHECK(updated->authentication.primary_key != made.authentication.primary_key);
    CHECK(updated->authentication.secondary_key != made.authentication.secondary_key);
}

TEST_CASE("an update replaces everything: what is not said falls back", "[registry]") {
    test::memory_hub h;
    REQUIRE(h.hub.identities().put(
        {.key = device, .enabled = false, .status_reason = "stolen", .managed_by = "me"}, {}));
    const auto updated = update(h, {});
    CHECK(updated->enabled);
    CHECK_FALSE(updated->status_reason);
    CHECK_FALSE(updated->managed_by);
}

TEST_CASE("the status time moves only when the status changes", "[registry]") {
    test::memory_hub h;
    h.create(device);
    h.clock.advance(std::chrono::seconds(1));
    CHECK(update(h, {.status_reason = "why not"})->status_updated == never);
    const timestamp disabled_at = h.clock.now();
    CHECK(update(h, {.enabled = false})->status_updated == disabled_at);
    h.clock.advance(std::chrono::seconds(1));
    CHECK(update(h, {.enabled = false, .status_reason = "lost"})->status_updated == disabled_at);
    CHECK(update(h, {.enabled = true})->status_updated == h.clock.now());
}

TEST_CASE("an update leaves twin and activity alone", "[registry]") {
    test::memory_hub h;
    test::recording_link link;
    h.create(device);
    const twin before = h.twin(device);
    h.hub.sessions().connect(device, link);
    const timestamp connected_at = h.clock.now();
    h.clock.advance(std::chrono::seconds(1));
    const auto updated = update(h, {});
    CHECK(updated->connected);
    CHECK(updated->activity == activity{connected_at, connected_at});
    CHECK(h.twin(device) == before);
    CHECK(link.disconnects.empty());
}

TEST_CASE("disabling a device disconnects it and its modules, and no other", "[registry]") {
    test::memory_hub h;
    test::recording_link own;
    test::recording_link module;
    test::recording_link other;
    h.create(device);
    h.hub.sessions().connect(device, own);
    h.hub.sessions().connect({"d", "m"}, module);
    h.hub.sessions().connect({"e", ""}, other);
    const auto disabled = update(h, {.enabled = false});
    CHECK(own.disconnects == std::vector{errc::device_disabled});
    CHECK(module.disconnects == std::vector{errc::device_disabled});
    CHECK(other.disconnects.empty());
    CHECK_FALSE(disabled->connected);
}

TEST_CASE("a refused update changes nothing", "[registry]") {
    test::memory_hub h;
    const identity before = h.create(device);
    CHECK_FALSE(update(h, {.status_reason = std::string(129, 'r')}));
    CHECK(h.hub.identities().get(device).value() == before);
}

} // namespace iothub::core
