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

TEST_CASE("connections: of devices that are named") {
    world w;
    w.hub.sessions().refused({"e'", ""}, "there is no such device");
    CHECK(w.list("?device=d&device=e%27").size() == 3);
    CHECK(w.list("?device=d&device=x&device=e%27&module=").size() == 2);
    CHECK(w.list("?device=e%27&device=d&module=m").size() == 1);
    std::string many = "?module=";
    for (int i = 0; i < 100; ++i) {
        many += "&device=x";
    }
    CHECK(w.list(many).empty());
    CHECK(w.get("/api/connections" + many + "&device=d").status == 400);
}

TEST_CASE("connections: who was refused, the last one first") {
    world w;
    w.hub.sessions().refused({"e", ""}, "earlier");
    w.clock.advance(std::chrono::seconds(5));
    w.hub.sessions().refused({"d", "m"}, "later");
    const json refused = w.list("?refused");
    CHECK(refused.size() == 2);
    CHECK(refused.at(0).at("moduleId") == "m");
    CHECK(refused.at(1).at("refusalReason") == "earlier");
    CHECK(w.list("?refused&limit=1") == json::array({refused.at(0)}));
    CHECK(w.list("?refused&device=e&module=").size() == 1);
    CHECK(w.list("?refused&device=d&module=").empty());
}

TEST_CASE("connections: no more than the limit, and how many there are") {
    world w;
    const json page = w.get("/api/connections?limit=1").document();
    CHECK(page.at("connections").size() == 1);
    CHECK(page.at("total") == 2);
    for (const char* wrong : {"0", "10001", "x"}) {
        CHECK(w.get(std::string("/api/connections?limit=") + wrong).status == 400);
    }
}

TEST_CASE("connections: never more than 10,000") {
    managed_hub h;
    for (int i = 0; i < 10'001; ++i) {
        h.hub.sessions().journal().opened({"d" + std::to_string(i), ""}, {"mqtt", ""},
                                          h.clock.now());
    }
    const json page = h.get("/api/connections").document();
    CHECK(page.at("connections").size() == 10'000);
    CHECK(page.at("total") == 10'001);
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
