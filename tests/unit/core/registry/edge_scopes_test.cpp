// Where devices stand among IoT Edge devices (service API §2.4).
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

namespace {

using scopes = std::vector<std::string>;

struct edge_bench : test::memory_hub {
    result<identity> put(identity_request wanted) {
        const bool exists = hub.identities().get(wanted.key).has_value();
        return hub.identities().put(wanted, exists ? precondition::anything() : precondition{});
    }

    identity edge(const std::string& id, scopes parents = {}) {
        return put({.key = {id, ""}, .iot_edge = true, .parent_scopes = std::move(parents)})
            .value();
    }

    result<identity> put_edge(const identity& now, scopes parents) {
        return put({.key = now.key,
                    .iot_edge = true,
                    .device_scope = now.device_scope,
                    .parent_scopes = std::move(parents)});
    }

    result<identity> put_leaf(const std::string& id, std::optional<std::string> scope) {
        return put({.key = {id, ""}, .device_scope = std::move(scope)});
    }
};

void check_refused(const result<identity>& outcome, errc code) {
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == code);
    CHECK_FALSE(outcome.error().message.empty());
}

} // namespace

TEST_CASE("a new Edge device has a scope of its own, whatever was sent", "[registry]") {
    edge_bench h;
    const auto made = h.put({.key = {"e-1", ""}, .iot_edge = true, .device_scope = "mine"});
    REQUIRE(made);
    CHECK(made->device_scope == "ms-azure-iot-edge://e-1-" + made->generation_id);
    CHECK(made->parent_scopes.empty());
}

TEST_CASE("an Edge device that is imported has the scope that it had elsewhere", "[registry]") {
    edge_bench h;
    const bool at_once = GENERATE(true, false);
    if (!at_once) {
        h.put_leaf("e-1", {}).value();
    }
    const std::string scope =
        GENERATE("ms-azure-iot-edge://e-1-", "ms-azure-iot-edge://e-1-637345907161634714");
    const auto made =
        h.put({.key = {"e-1", ""}, .iot_edge = true, .device_scope = scope, .keeps_scope = true});
    REQUIRE(made);
    CHECK(made->device_scope == scope);
    CHECK(h.put_leaf("leaf", scope)->parent_scopes == scopes{scope});
}

TEST_CASE("an Edge device that is imported cannot have another one's scope, or any text",
          "[registry]") {
    edge_bench h;
    const std::string scope =
        GENERATE(as<std::string>{}, "mine", "ms-azure-iot-edge://", "ms-azure-iot-edge://e-1",
                 "ms-azure-iot-edge://f-1-7", "ms-azure-iot-edge://e-1-7x",
                 "ms-azure-iot-edge://e-1-7-", "ms-azure-iot-edge://e-1-" + std::string(21, '7'));
    INFO(scope);
    const auto made =
        h.put({.key = {"e-1", ""}, .iot_edge = true, .device_scope = scope, .keeps_scope = true});
    REQUIRE(made);
    CHECK(made->device_scope == "ms-azure-iot-edge://e-1-" + made->generation_id);
    h.put_leaf("d", {}).value();
    check_refused(
        h.put({.key = {"d", ""}, .iot_edge = true, .device_scope = scope, .keeps_scope = true}),
        errc::argument_invalid);
}

TEST_CASE("an import does not change the scope that an Edge device has", "[registry]") {
    edge_bench h;
    const identity made = h.edge("e");
    check_refused(h.put({.key = made.key,
                         .iot_edge = true,
                         .device_scope = "ms-azure-iot-edge://e-7",
                         .keeps_scope = true}),
                  errc::argument_invalid);
}

TEST_CASE("a device that becomes an Edge device has a scope without a number", "[registry]") {
    edge_bench h;
    h.put_leaf("d", {}).value();
    const auto scope = GENERATE(as<std::optional<std::string>>{}, std::nullopt, "");
    const auto turned = h.put({.key = {"d", ""}, .iot_edge = true, .device_scope = scope});
    REQUIRE(turned);
    CHECK(turned->device_scope == "ms-azure-iot-edge://d-");
}

TEST_CASE("a leaf stands in its parent's scope, and the hub says so in its parents too",
          "[registry]") {
    edge_bench h;
    const std::string scope = *h.edge("e").device_scope;
    const bool at_once = GENERATE(true, false);
    if (!at_once) {
        h.put_leaf("d", {}).value();
    }
    const auto leaf = h.put_leaf("d", scope);
    REQUIRE(leaf);
    CHECK(leaf->device_scope == scope);
    CHECK(leaf->parent_scopes == scopes{scope});
}

TEST_CASE("a leaf's parents are not read, but its scope", "[registry]") {
    edge_bench h;
    const std::string scope = *h.edge("e").device_scope;
    const auto leaf = h.put({.key = {"d", ""}, .parent_scopes = {scope}});
    REQUIRE(leaf);
    CHECK_FALSE(leaf->device_scope);
    CHECK(leaf->parent_scopes.empty());
}

TEST_CASE("a leaf leaves its parent where its scope is empty or not sent", "[registry]") {
    edge_bench h;
    h.put_leaf("d", h.edge("e").device_scope).value();
    const auto scope = GENERATE(as<std::optional<std::string>>{}, std::nullopt, "");
    const auto alone = h.put_leaf("d", scope);
    REQUIRE(alone);
    CHECK_FALSE(alone->device_scope);
    CHECK(alone->parent_scopes.empty());
}

TEST_CASE("a leaf moves to another parent", "[registry]") {
    edge_bench h;
    h.put_leaf("d", h.edge("e").device_scope).value();
    const std::string other = *h.edge("f").device_scope;
    CHECK(h.put_leaf("d", other)->parent_scopes == scopes{other});
}

TEST_CASE("a scope that is no Edge device's is refused", "[registry]") {
    edge_bench h;
    const std::string real = *h.edge("e").device_scope;
    h.put_leaf("leaf", real).value();
    const std::string scope =
        GENERATE_COPY(as<std::string>{}, "e", "-", "ms-azure-iot-edge://", "ms-azure-iot-edge://e",
                      "ms-azure-iot-edge://e-", "ms-azure-iot-edge://-", "ms-azure-iot-edge://x-1",
                      "ms-azure-iot-edge://leaf-1", real + "0", "x" + real);
    INFO(scope);
    check_refused(h.put_leaf("d", scope), errc::invalid_device_scope);
    check_refused(h.put({.key = {"d", ""}, .iot_edge = true, .parent_scopes = {scope}}),
                  errc::invalid_device_scope);
    CHECK_FALSE(h.hub.identities().get({"d", ""}));
}

TEST_CASE("an Edge device stands below another, and leaves it", "[registry]") {
    edge_bench h;
    const std::string top = *h.edge("top").device_scope;
    const identity low = h.edge("low", {top});
    CHECK(low.parent_scopes == scopes{top});
    CHECK(low.device_scope != top);
    CHECK(h.put_edge(low, {top})->parent_scopes == scopes{top});
    CHECK(h.put_edge(low, {})->parent_scopes.empty());
}

TEST_CASE("an Edge device has one parent at most", "[registry]") {
    edge_bench h;
    const std::string a = *h.edge("a").device_scope;
    const std::string b = *h.edge("b").device_scope;
    check_refused(h.put({.key = {"c", ""}, .iot_edge = true, .parent_scopes = {a, b}}),
                  errc::argument_invalid);
}

TEST_CASE("an update of an Edge device repeats its scope", "[registry]") {
    edge_bench h;
    const identity made = h.edge("e");
    const auto scope = GENERATE(as<std::optional<std::string>>{}, std::nullopt, "",
                                "ms-azure-iot-edge://e-", "ms-azure-iot-edge://f-1");
    const auto refused = h.put({.key = made.key, .iot_edge = true, .device_scope = scope});
    check_refused(refused, errc::argument_invalid);
    CHECK(refused.error().message == "Device scope is immutable");
    CHECK(h.hub.identities().get(made.key).value() == made);
    CHECK(h.put_edge(made, {})->device_scope == made.device_scope);
}

TEST_CASE("a leaf that becomes an Edge device keeps a parent that it names as one", "[registry]") {
    edge_bench h;
    const std::string scope = *h.edge("e").device_scope;
    h.put_leaf("d", scope).value();
    check_refused(h.put({.key = {"d", ""}, .iot_edge = true, .device_scope = scope}),
                  errc::argument_invalid);
    const auto turned = h.put({.key = {"d", ""}, .iot_edge = true, .parent_scopes = {scope}});
    REQUIRE(turned);
    CHECK(turned->device_scope == "ms-azure-iot-edge://d-");
    CHECK(turned->parent_scopes == scopes{scope});
}

TEST_CASE("an Edge device that becomes a leaf has lost its parent", "[registry]") {
    edge_bench h;
    const std::string top = *h.edge("top").device_scope;
    const identity low = h.edge("low", {top});
    const auto leaf = h.put_leaf("low", GENERATE_COPY(std::optional(top), low.device_scope));
    REQUIRE(leaf);
    CHECK_FALSE(leaf->iot_edge);
    CHECK_FALSE(leaf->device_scope);
    CHECK(leaf->parent_scopes.empty());
}

TEST_CASE("a device that has lost its parent may still be written as it is", "[registry]") {
    edge_bench h;
    const identity parent = h.edge("e");
    const identity low = h.edge("low", {*parent.device_scope});
    h.put_leaf("d", parent.device_scope).value();
    REQUIRE(h.hub.identities().remove(parent.key, precondition::anything()));
    CHECK(h.put_leaf("d", parent.device_scope));
    CHECK(h.put_edge(low, low.parent_scopes));
    CHECK(h.put_leaf("d", ""));
    check_refused(h.put_leaf("d", parent.device_scope), errc::invalid_device_scope);
}

TEST_CASE("no Edge device stands below itself", "[registry]") {
    edge_bench h;
    const identity a = h.edge("a");
    const identity b = h.edge("b", {*a.device_scope});
    const identity c = h.edge("c", {*b.device_scope});
    for (const identity* lower : {&a, &b, &c}) {
        check_refused(h.put_edge(a, {*lower->device_scope}), errc::invalid_device_scope);
    }
    CHECK(h.put_edge(c, {*a.device_scope}));
}

TEST_CASE("at most 32 Edge devices stand above another one", "[registry]") {
    edge_bench h;
    identity lowest = h.edge("e0");
    for (int i = 1; i <= 32; ++i) {
        lowest = h.edge("e" + std::to_string(i), {*lowest.device_scope});
    }
    check_refused(
        h.put({.key = {"d", ""}, .iot_edge = true, .parent_scopes = {*lowest.device_scope}}),
        errc::invalid_device_scope);
}

TEST_CASE("modules have no place of their own", "[registry]") {
    edge_bench h;
    const std::string scope = *h.edge("e").device_scope;
    const auto module = h.put({.key = {"e", "m"}, .device_scope = scope, .parent_scopes = {scope}});
    REQUIRE(module);
    CHECK_FALSE(module->device_scope);
    CHECK(module->parent_scopes.empty());
}

} // namespace iothub::core
