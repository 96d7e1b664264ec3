// What the page asks of the REST interface: everything a back end may, without a token.

#include "emulator/http/dispatch.hpp"
#include "protocol/http/rest_world.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using Catch::Contains;

namespace {

// A port that lets everyone in, as the management port does after its own checks.
class owners_session final : public http_codec::server_session {
public:
    owners_session(core::hub& hub, boost::asio::any_io_executor executor,
                   std::shared_ptr<net::byte_stream> stream)
        : server_session(std::move(executor), std::move(stream), {})
        , hub_(hub) {}

private:
    void handle(std::shared_ptr<http_codec::exchange> x) override {
        const std::string target = x->asked().target.substr(std::string_view("/owner").size());
        http::dispatch_for_owner(hub_, {std::move(x), target, {{"X-Told", "also"}}});
    }
    http_codec::response refuse(const http_codec::refusal& why) override {
        return {why.status, {}, {}};
    }
    void replies_wait() override { release_replies(); }

    core::hub& hub_;
};

struct owners_world : rest_world {
    answer ask(std::string_view method, const std::string& path, std::string_view body = {},
               std::string_view headers = {}) {
        stream->finish();
        stream = std::make_shared<fake_stream>();
        std::make_shared<owners_session>(hub, loop.get_executor(), stream)->start();
        std::string bytes(method);
        bytes.append(" /owner").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
        bytes.append(headers).append("Content-Length: ").append(std::to_string(body.size()));
        return read_answers(exchange(bytes.append("\r\n\r\n").append(body))).at(0);
    }
};

const std::string version = "?api-version=2021-04-12";

} // namespace

TEST_CASE("owner: makes, reads and deletes without a token") {
    owners_world w;
    const auto made = w.ask("PUT", "/devices/d" + version, R"({"deviceId":"d"})");
    CHECK(made.status == 200);
    CHECK(made.header("X-Told") == "also");
    CHECK(w.ask("PUT", "/devices/d" + version, R"({"deviceId":"d"})").status == 409);
    CHECK(w.ask("GET", "/twins/d" + version).document().at("deviceId") == "d");
    CHECK(w.ask("DELETE", "/devices/d" + version, "", "If-Match: *\r\n").status == 204);
    CHECK(w.ask("GET", "/devices/d" + version).status == 404);
}

TEST_CASE("owner: If-Match counts") {
    owners_world w;
    w.ask("PUT", "/devices/d" + version, R"({"deviceId":"d"})");
    const auto refused = w.ask("DELETE", "/devices/d" + version, "", "If-Match: \"bm9uZQ==\"\r\n");
    CHECK(refused.status == 412);
    CHECK(refused.header("X-Told") == "also");
}

TEST_CASE("owner: is no device") {
    owners_world w;
    w.ask("PUT", "/devices/d" + version, R"({"deviceId":"d"})");
    CHECK(w.ask("POST", "/devices/d/messages/events" + version, "x").status == 401);
    CHECK(w.ask("GET", "/devices/d/messages/devicebound" + version).status == 401);
}

TEST_CASE("owner: an address is checked as any back end's") {
    owners_world w;
    CHECK(w.ask("GET", "/devices/d").status == 400);
    CHECK(w.ask("GET", "/devices/a%20b" + version).status == 400);
    CHECK(w.ask("GET", "/nothing" + version).status == 404);
    CHECK(w.ask("PATCH", "/devices/d" + version).status == 405);
}

TEST_CASE("owner: the log says that it was the page") {
    owners_world w;
    w.ask("GET", "/devices/d" + version);
    CHECK(w.log.mentions("the page: GET /owner/devices/d: 404"));
}
