#include "rest_world.hpp"

#include "support/catch.hpp"

// The If-Match matrix of service API §1.2, for twins (row T05).

using namespace iothub;
using namespace iothub::test;

namespace {

const std::string change = R"({"tags":{"a":1}})";

struct twin_world : rest_world {
    twin_world() {
        add("/devices/d");
        add("/devices/d/modules/m");
    }
    answer write(const std::string& method, const std::string& path, const std::string& if_match) {
        return ask(method, path, change, if_match);
    }
};

} // namespace

TEST_CASE("twin If-Match: none, an empty one and a star let every write in") {
    twin_world w;
    const std::string method = GENERATE("PATCH", "PUT");
    const std::string path = GENERATE("/twins/d", "/twins/d/modules/m");
    const std::string header =
        GENERATE("", "If-Match: \"\"\r\n", "If-Match: *\r\n", "If-Match: \"*\"\r\n");
    CHECK(w.write(method, path, header).status == 200);
    CHECK(w.write(method, path, header).document()["etag"] == "AAAAAAAAAAM=");
}

TEST_CASE("twin If-Match: an etag lets that state in and no other") {
    twin_world w;
    const std::string method = GENERATE("PATCH", "PUT");
    const std::string path = GENERATE("/twins/d", "/twins/d/modules/m");
    const std::string header =
        GENERATE("If-Match: \"AAAAAAAAAAE=\"\r\n", "If-Match: AAAAAAAAAAE=\r\n",
                 "If-Match: W/\"AAAAAAAAAAE=\"\r\n");
    CHECK(w.write(method, path, header).status == 200);
    const answer stale = w.write(method, path, header);
    CHECK(stale.status == 412);
    CHECK(stale.code() == "PreconditionFailed");
    CHECK(stale.document()["Message"] ==
          "ErrorCode:PreconditionFailed;ETag mismatch for device ID 'd'");
    CHECK(w.ask("GET", path).document()["etag"] == "AAAAAAAAAAI=");
}

TEST_CASE("twin If-Match: the etag in the body is no condition") {
    twin_world w;
    CHECK(w.ask("PATCH", "/twins/d", R"({"etag":"stale","tags":{}})").status == 200);
}

TEST_CASE("twin If-Match: a write of the identity does not move the twin's etag, nor the reverse") {
    twin_world w;
    const std::string identity = w.ask("GET", "/devices/d").document()["etag"];
    w.write("PATCH", "/twins/d", {});
    CHECK(w.ask("GET", "/devices/d").document()["etag"] == identity);
    w.ask("PUT", "/devices/d", "{}", "If-Match: *\r\n");
    const json t = w.ask("GET", "/twins/d").document();
    CHECK(t["etag"] == "AAAAAAAAAAI=");
    CHECK(t["deviceEtag"] != identity);
}
