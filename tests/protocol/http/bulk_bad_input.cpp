#include "rest_world.hpp"

#include "support/catch.hpp"

// What POST /devices refuses, as a whole or item by item (service API §1.5).

using namespace iothub;
using namespace iothub::test;

namespace {

json items(int count) {
    json list = json::array();
    for (int i = 0; i < count; ++i) {
        list.push_back({{"id", "d" + std::to_string(i)}});
    }
    return list;
}

std::string large_head(std::string_view target, std::size_t length) {
    return std::string("POST ").append(target).append(
               "?api-version=2021-04-12 HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
               "Content-Length: ") +
           std::to_string(length) + "\r\n\r\n";
}

} // namespace

TEST_CASE("bulk bad input: what is no list of items changes nothing") {
    rest_world w;
    const std::string body = GENERATE(
        as<std::string>{}, "", "{", "{}", "null", "7", "[]", R"({"devices":[{"id":"a"}]})",
        R"([{"id":"a"},7])", R"([{"id":"a"},[]])", R"([{"id":"a"},{}])",
        R"([{"id":"a"},{"deviceId":"b"}])", R"([{"id":"a"},{"id":7}])", R"([{"id":"a"},{"id":""}])",
        R"([{"id":"a"},{"id":"b","importMode":"upsert"}])",
        R"([{"id":"a"},{"id":"b","importMode":1}])", R"([{"id":"a"},{"id":"b","status":"off"}])",
        R"([{"id":"a"},{"id":"b","tags":[]}])", R"([{"id":"a"},{"id":"b","authentication":[]}])",
        R"([{"id":"a"},{"id":"b","properties":{"desired":7}}])", R"([{"id":"a"}]x)",
        std::string(100'000, '['));
    INFO(body.substr(0, 60));
    const answer refused = w.ask("POST", "/devices", body);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "ArgumentInvalid");
    CHECK(refused.header("IotHubErrorCode").empty());
    CHECK(w.ask("GET", "/devices").body == "[]");
}

TEST_CASE("bulk bad input: the item that is wrong is named") {
    rest_world w;
    const answer refused = w.ask("POST", "/devices", R"([{"id":"a"},{"id":"b","importMode":"x"}])");
    CHECK(refused.document()["Message"].get<std::string>().find(
              "Item 1: The member 'importMode'") != std::string::npos);
}

TEST_CASE("bulk bad input: one hundred items, and not one more") {
    rest_world w;
    CHECK(w.ask("POST", "/devices", items(100).dump()).status == 200);
    rest_world other;
    const answer refused = other.ask("POST", "/devices", items(101).dump());
    CHECK(refused.status == 413);
    CHECK(refused.code() == "TooManyDevices");
    CHECK(other.ask("GET", "/devices").body == "[]");
}

TEST_CASE("bulk bad input: nobody twice") {
    rest_world w;
    const std::string twice =
        GENERATE(R"([{"id":"a"},{"id":"b"},{"id":"a","importMode":"delete"}])",
                 R"([{"id":"a","moduleId":"m"},{"id":"a","moduleId":"m"}])");
    const answer refused = w.ask("POST", "/devices", twice);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "DeviceDefinedMultipleTimes");
    CHECK(w.ask("GET", "/devices").body == "[]");
    CHECK(
        w.ask("POST", "/devices", R"([{"id":"a"},{"id":"A"},{"id":"a","moduleId":"a"}])").status ==
        200);
}

TEST_CASE("bulk bad input: what cannot be an id is not repeated in messages and logs") {
    rest_world w;
    const std::string id = GENERATE(std::string(100'000, 'x'), "a\nb", "a b", "\xe2\x80\xa8");
    const std::string item = json{{"id", id}}.dump();
    const answer twice = w.ask("POST", "/devices", "[" + item + "," + item + "]");
    CHECK(twice.code() == "DeviceDefinedMultipleTimes");
    CHECK(twice.document()["Message"].get<std::string>().size() < 100);
    const std::string module = json{{"id", "d"}, {"moduleId", id}}.dump();
    const answer failed = w.ask("POST", "/devices", "[" + item + "," + module + "]");
    CHECK(failed.document()["errors"][0]["deviceId"] == id);
    CHECK(failed.document()["errors"][1]["moduleId"] == id);
    CHECK(w.log.lines().size() == 3);
    CHECK_FALSE(w.log.mentions(id));
}

TEST_CASE("bulk bad input: an item that cannot be is the only one that fails") {
    rest_world w;
    const auto [item, code] = GENERATE(table<std::string, std::string>({
        {R"({"id":")" + std::string(129, 'a') + R"("})", "ArgumentInvalid"},
        {R"({"id":"a b"})", "ArgumentInvalid"},
        {R"({"id":"b","moduleId":"$x"})", "ModuleNotFound"},
        {R"({"id":"b","importMode":"create","authentication":{"symmetricKey":)"
         R"({"primaryKey":"!","secondaryKey":"!"}}})",
         "ArgumentInvalid"},
        {R"({"id":"b","importMode":"create","authentication":{"symmetricKey":)"
         R"({"primaryKey":"MDEyMzQ1Njc4OWFiY2RlZg=="}}})",
         "ArgumentInvalid"},
        {R"({"id":"n","authentication":{"symmetricKey":{"primaryKey":"MDEyMzQ1Njc4OWFiY2RlZg==",)"
         R"("secondaryKey":"ZmVkY2JhOTg3NjU0MzIxMA=="},"x509Thumbprint":{"primaryThumbprint":")" +
             std::string(40, 'A') + R"("}}})",
         "ArgumentInvalid"},
        {R"({"id":"n","authentication":{"type":"none"}})", "ArgumentInvalid"},
        {R"({"id":"n","tags":{"a.b":1}})", "ArgumentInvalid"},
        {R"({"id":"n","properties":{"desired":{"a":")" + std::string(4097, 'x') + R"("}}})",
         "ArgumentInvalid"},
        {R"({"id":"n","statusReason":")" + std::string(129, 'r') + R"("})", "ArgumentInvalid"},
        {R"({"id":"n","deviceScope":"ms-azure-iot-edge://x-1"})", "InvalidDeviceScope"},
        {R"({"id":"n","moduleId":"m"})", "DeviceNotFound"},
        {R"({"id":"b","importMode":"update","eTag":7})", ""},
    }));
    INFO(item.substr(0, 100));
    w.add("/devices/b");
    const answer outcome = w.ask("POST", "/devices", R"([{"id":"good"},)" + item + "]");
    CHECK(outcome.status == 400);
    if (code.empty()) {
        CHECK(outcome.code() == "ArgumentInvalid");
        return;
    }
    CHECK(outcome.code() == "BulkRegistryOperationFailure");
    REQUIRE(outcome.document()["errors"].size() == 1);
    CHECK(outcome.document()["errors"][0]["errorCode"] == code);
    CHECK_FALSE(outcome.document()["errors"][0]["errorStatus"].get<std::string>().empty());
    CHECK(w.ask("GET", "/devices/good").status == 200);
    CHECK(w.ask("GET", "/devices/n").status == 404);
}

TEST_CASE("bulk bad input: no key shows in the log") {
    rest_world w;
    w.ask("POST", "/devices",
          R"([{"id":"d","authentication":{"symmetricKey":{"primaryKey":"c2VjcmV0",)"
          R"("secondaryKey":"c2VjcmV0"}}}])");
    CHECK(w.log.mentions("bulk: d: "));
    CHECK_FALSE(w.log.mentions("c2VjcmV0"));
}

TEST_CASE("bulk bad input: beyond 4 MiB nothing is read, and elsewhere beyond 1 MiB") {
    constexpr std::size_t mebibyte = 1024 * 1024;
    const auto [target, length, status] = GENERATE(table<const char*, std::size_t, int>({
        {"/devices", 4 * mebibyte, 100},
        {"/devices/", 4 * mebibyte + 1, 413},
        {"/devices", 5 * mebibyte, 413},
        {"/jobs/create", 4 * mebibyte, 100},
        {"/jobs/create", 4 * mebibyte + 1, 413},
        {"/devices/d", mebibyte + 1, 413},
        {"/devices/keys/regenerate", mebibyte + 1, 413},
    }));
    rest_world w;
    const auto answers = read_answers(w.exchange(large_head(target, length)));
    REQUIRE(answers.size() == 1);
    CHECK(answers.front().status == status);
    CHECK((answers.front().code() == "MessageTooLarge") == (status == 413));
}
