#include "support/catch.hpp"
#include "support/recording_link.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using test::managed_hub;

namespace {

struct world : managed_hub {
    world() {
        create({"d", ""});
        create({"d", "m"});
        hub.sessions().connect({"d", ""}, device, {"mqtt", "127.0.0.1:51234"});
        hub.sessions().connect({"d", "m"}, module, {"mqtt-ws", "127.0.0.1:51235"});
        hub.end_turn();
    }
    json list(const std::string& query = {}) {
        return get("/api/connections" + query).document().at("connections");
    }
    test::recording_link device;
    test::recording_link module;
};

} // namespace

TEST_CASE("connections: who is connected, and how it came and went") {
    world w;
    CHECK(w.list().at(0).dump() ==
          R"({"deviceId":"d","connected":true,"transport":"mqtt","address":"127.0.0.1:51234",)"
          R"("connectedTime":"2026-01-02T03:04:05Z","disconnectedTime":null,)"
          R"("disconnectReason":null,"refusedTime":null,"refusalReason":null})");
    w.clock.advance(std::chrono::seconds(5));
    w.hub.sessions().disconnected({"d", ""}, w.device, "reset by peer");
    w.hub.sessions().refused({"e", ""}, "there is no such device");
    const json device = w.list().at(0);
    CHECK(device.at("connected") == false);
    CHECK(device.at("disconnectedTime") == "2026-01-02T03:04:10Z");
    CHECK(device.at("disconnectReason") == "reset by peer");
    const json module = w.list().at(1);
    CHECK(module.at("moduleId") == "m");
    CHECK(module.at("transport") == "mqtt-ws");
    const json refused = w.list().at(2);
    CHECK(refused.at("deviceId") == "e");
    CHECK(refused.at("refusalReason") == "there is no such device");
    CHECK(refused.at("transport").is_null());
    CHECK(refused.at("connectedTime").is_null());
}

TEST_CASE("connections: of one identity") {
    world w;
    CHECK(w.list("?device=d").size() == 2);
    CHECK(w.list("?device=d&module=m").size() == 1);
    CHECK(w.list("?device=d&module=").size() == 1);
    CHECK(w.list("?device=x").empty());
}

TEST_CASE("connections: cut by force, a device with its modules") {
    world w;
    CHECK(w.ask("DELETE", "/api/connections?device=d&module=m").status == 204);
    CHECK(w.module.disconnects == std::vector{errc::connection_closed_remotely});
    CHECK(w.device.disconnects.empty());
    CHECK(w.list().at(1).at("disconnectReason") == "disconnected through the management API");
    CHECK(w.ask("DELETE", "/api/connections?device=d&module=m").status == 404);

    w.hub.sessions().connect({"d", "m"}, w.module);
    CHECK(w.ask("DELETE", "/api/connections?device=d").status == 204);
    CHECK(w.module.disconnects.size() == 2);
    CHECK(w.device.disconnects.size() == 1);
    CHECK(w.hub.sessions().size() == 0);
    CHECK(w.ask("DELETE", "/api/connections?device=d").status == 404);
    CHECK(w.ask("DELETE", "/api/connections?device=none").status == 404);
    CHECK(w.ask("DELETE", "/api/connections").status == 400);
}
