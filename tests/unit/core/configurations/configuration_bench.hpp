#pragma once
// A hub to configure: contents are JSON text, and settle() lets everything that is due be done.

#include <string>

#include "common/json.hpp"
#include "emulator/core/configurations/configuration_service.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::test {

struct configuration_bench : memory_hub {
    core::configuration_service& service() { return hub.configurations(); }

    // Turns and what is due now, until nothing is; how many times the hub had something to do.
    int settle(int most = 10'000) { return settle(hub, most); }
    int settle(core::hub& h, int most = 10'000) {
        int slices = 0;
        h.end_turn();
        while (h.next_deadline() && *h.next_deadline() <= clock.now()) {
            REQUIRE(slices < most);
            ++slices;
            h.advance();
            h.end_turn();
        }
        return slices;
    }

    core::configuration wanted(const std::string& id, const char* content,
                               const std::string& condition = "*", int priority = 0) {
        core::configuration c;
        c.id = id;
        c.content = json::parse(content);
        c.target_condition = condition;
        c.priority = priority;
        return c;
    }

    // Creates it, a second after whatever was before.
    void add(const std::string& id, const char* content, const std::string& condition = "*",
             int priority = 0) {
        clock.advance(std::chrono::seconds(1));
        REQUIRE(service().put(wanted(id, content, condition, priority), {}));
        settle();
    }

    // Changes what may be changed.
    void change(const std::string& id, const std::string& condition, int priority) {
        core::configuration c = service().get(id).value();
        c.target_condition = condition;
        c.priority = priority;
        REQUIRE(service().put(c, core::precondition::anything()));
        settle();
    }

    void remove(const std::string& id) {
        REQUIRE(service().remove(id, {}));
        settle();
    }

    void add_edge_device(const std::string& id) {
        core::identity_request request;
        request.key = {id, ""};
        request.iot_edge = true;
        REQUIRE(hub.identities().put(request, {}));
        settle();
    }

    void tag(const identity_key& key, const char* tags) {
        core::twin_change change;
        change.tags = json::parse(tags);
        REQUIRE(hub.twins().patch(key, change, {}));
        settle();
    }

    void set_desired(const identity_key& key, const char* desired) {
        core::twin_change change;
        change.desired = json::parse(desired);
        REQUIRE(hub.twins().patch(key, change, {}));
        settle();
    }

    std::string desired(const identity_key& key) { return twin(key).desired.values->dump(); }
    std::string shown(const identity_key& key) { return twin(key).configurations->dump(); }

    // {"targetedCount":1,"appliedCount":1}
    std::string counts(const std::string& id) {
        return service().describe(service().get(id).value())["systemMetrics"]["results"].dump();
    }
};

} // namespace iothub::test
