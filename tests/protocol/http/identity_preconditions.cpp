#include "rest_world.hpp"

#include "support/catch.hpp"

// The If-Match matrix of service API §1.2, for devices and for modules.

using namespace iothub;
using namespace iothub::test;

namespace {

struct subject {
    rest_world w;
    std::string path;
    std::string missing; // the error of an identity that is not there
    std::string exists;  // and of one that is

    explicit subject(bool module)
        : path(module ? "/devices/d/modules/m" : "/devices/x")
        , missing(module ? "ModuleNotFound" : "DeviceNotFound")
        , exists(module ? "ModuleAlreadyExistsOnDevice" : "DeviceAlreadyExists") {
        w.add("/devices/d");
    }

    answer put(const std::string& if_match, std::string_view body = "{}") {
        return w.ask("PUT", path, body, if_match);
    }
    answer remove(const std::string& if_match) { return w.ask("DELETE", path, {}, if_match); }
};

std::string if_match(const std::string& value) {
    return "If-Match: " + value + "\r\n";
}

} // namespace

TEST_CASE("If-Match: PUT without one, or with an empty one, only creates") {
    subject s(GENERATE(true, false));
    const std::string none = GENERATE("", "If-Match: \"\"\r\n", "If-Match:\r\n");
    const answer made = s.put(none);
    CHECK(made.status == 200);
    const answer again = s.put(none);
    CHECK(again.status == 409);
    CHECK(again.code() == s.exists);
    const std::string etag = made.document()["etag"];
    CHECK(s.put(none, R"({"etag":")" + etag + R"("})").status == 409);
}

TEST_CASE("If-Match: PUT with a star only updates") {
    subject s(GENERATE(true, false));
    const std::string star = if_match(GENERATE("*", "\"*\""));
    const answer too_early = s.put(star);
    CHECK(too_early.status == 404);
    CHECK(too_early.code() == s.missing);
    const std::string etag = s.w.add(s.path);
    const answer updated = s.put(star);
    CHECK(updated.status == 200);
    CHECK(updated.document()["etag"] != etag);
}

TEST_CASE("If-Match: PUT with an etag updates that state and no other") {
    subject s(GENERATE(true, false));
    const auto form = GENERATE(std::pair("\"", "\""), std::pair("", ""), std::pair("W/\"", "\""));
    const auto quoted = [&](const std::string& etag) {
        return if_match(form.first + etag + form.second);
    };
    CHECK(s.put(quoted("MQ==")).status == 404);
    const std::string etag = s.w.add(s.path);
    CHECK(s.put(quoted(etag)).status == 200);
    const answer stale = s.put(quoted(etag));
    CHECK(stale.status == 412);
    CHECK(stale.code() == "PreconditionFailed");
    CHECK(stale.document()["Message"] == "ErrorCode:PreconditionFailed;PreconditionFailed");
}

TEST_CASE("If-Match: DELETE needs one") {
    subject s(GENERATE(true, false));
    s.w.add(s.path);
    const answer refused = s.remove(GENERATE("", "If-Match: \"\"\r\n"));
    CHECK(refused.status == 412);
    CHECK(refused.code() == "PreconditionFailed");
    CHECK(refused.document()["Message"].get<std::string>().find("Etag missing") !=
          std::string::npos);
    CHECK(s.w.ask("GET", s.path).status == 200);
}

TEST_CASE("If-Match: DELETE with a star") {
    subject s(GENERATE(true, false));
    const std::string star = if_match(GENERATE("*", "\"*\""));
    CHECK(s.remove(star).code() == s.missing);
    s.w.add(s.path);
    CHECK(s.remove(star).status == 204);
    CHECK(s.w.ask("GET", s.path).status == 404);
}

TEST_CASE("If-Match: DELETE with an etag") {
    subject s(GENERATE(true, false));
    const std::string etag = s.w.add(s.path);
    CHECK(s.remove(if_match("\"MQ==\"")).status == 412);
    CHECK(s.w.ask("GET", s.path).status == 200);
    CHECK(s.remove(if_match('"' + etag + '"')).status == 204);
    CHECK(s.remove(if_match(etag)).status == 404);
}

TEST_CASE("If-Match: If-None-Match is not looked at") {
    subject s(GENERATE(true, false));
    s.w.add(s.path);
    CHECK(s.put("If-None-Match: *\r\nIf-Match: *\r\n").status == 200);
}
