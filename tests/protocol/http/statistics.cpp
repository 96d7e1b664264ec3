#include "rest_world.hpp"

#include "support/catch.hpp"
#include "support/recording_link.hpp"

// Service API §1.3 rows 22 and 23 (rows R10, R11).

using namespace iothub;
using namespace iothub::test;

TEST_CASE("statistics: devices are counted as they come, change and go") {
    rest_world w;
    const auto counts = [&] { return w.ask("GET", "/statistics/devices").body; };
    CHECK(counts() == R"({"totalDeviceCount":0,"enabledDeviceCount":0,"disabledDeviceCount":0})");
    w.add("/devices/a");
    w.add("/devices/b");
    w.add("/devices/b/modules/m");
    w.ask("PUT", "/devices/b", R"({"status":"disabled"})", "If-Match: *\r\n");
    CHECK(counts() == R"({"totalDeviceCount":2,"enabledDeviceCount":1,"disabledDeviceCount":1})");
    w.ask("DELETE", "/devices/b", {}, "If-Match: *\r\n");
    CHECK(counts() == R"({"totalDeviceCount":1,"enabledDeviceCount":1,"disabledDeviceCount":0})");
}

TEST_CASE("statistics: connected devices are counted without their modules") {
    rest_world w;
    recording_link device;
    recording_link module;
    w.add("/devices/d");
    w.add("/devices/d/modules/m");
    w.hub.sessions().connect({"d", "m"}, module);
    CHECK(w.ask("GET", "/statistics/service").body == R"({"connectedDeviceCount":0})");
    w.hub.sessions().connect({"d", ""}, device);
    const answer counted = w.ask("GET", "/statistics/service/");
    CHECK(counted.status == 200);
    CHECK(counted.body == R"({"connectedDeviceCount":1})");
}

TEST_CASE("statistics: whose policy may") {
    rest_world w;
    const auto [path, policy, status] = GENERATE(table<const char*, const char*, int>({
        {"/statistics/devices", "registryRead", 200},
        {"/statistics/devices", "registryReadWrite", 200},
        {"/statistics/devices", "service", 401},
        {"/statistics/devices", "device", 401},
        {"/statistics/service", "service", 200},
        {"/statistics/service", "registryRead", 401},
        {"/statistics/service", "device", 401},
    }));
    INFO(path << " " << policy);
    CHECK(w.ask("GET", path, {}, "Authorization: " + token_of(policy) + "\r\n").status == status);
}

TEST_CASE("statistics: there is nothing else") {
    rest_world w;
    CHECK(w.ask("POST", "/statistics/devices", "{}").status == 405);
    CHECK(w.ask("GET", "/statistics").status == 404);
    CHECK(w.ask("GET", "/statistics/modules").status == 404);
}
