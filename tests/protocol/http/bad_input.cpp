#include "rest_world.hpp"

#include "support/catch.hpp"

// The HTTPS table of the reliability specification §2.2, as far as it needs no TLS. Heads and
// lengths are in tests/unit/http_codec, tokens in authentication.cpp.

using namespace iothub;
using namespace iothub::test;

namespace {

answer only(const std::string& bytes) {
    const auto answers = read_answers(bytes);
    REQUIRE(answers.size() == 1);
    return answers.front();
}

// The same without looking for a body, which HEAD is not answered with.
answer only_head(std::string bytes) {
    const std::size_t length = bytes.find("Content-Length: ") + 16;
    bytes.replace(length, bytes.find('\r', length) - length, "0");
    return only(bytes.substr(0, bytes.find("\r\n\r\n") + 4));
}

// The hub still serves, on a new connection.
void check_alive(rest_world& w) {
    w.connect();
    CHECK(w.ask("GET", "/devices").status == 200);
}

} // namespace

TEST_CASE("bad input: what is no request is answered, logged, and ends the connection") {
    struct bad {
        int status;
        std::string bytes;
    };
    const auto input = GENERATE(values<bad>({
        {400, "\x16\x03\x01"},
        {400, "GET / HTTP/1.1\r\nHost : h\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\n\r\n"},
        {505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {414, "GET /" + std::string(8192, 'a')},
        {431, "GET / HTTP/1.1\r\nA: " + std::string(65536, 'a')},
        {413, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10737418240\r\n\r\n"},
        {415, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"},
    }));
    rest_world w;
    const answer refused = only(w.exchange(input.bytes));
    CHECK(refused.status == input.status);
    CHECK(refused.header("Connection") == "close");
    CHECK(refused.document()["Message"].get<std::string>().starts_with("ErrorCode:"));
    CHECK_FALSE(refused.code().empty());
    CHECK(refused.header("x-ms-request-id").size() == 36);
    CHECK(w.stream->ended());
    CHECK(w.log.mentions(std::to_string(input.status)));
    CHECK(w.exchange(rest_world::request("GET", "/devices")).empty());
    CHECK(w.hub.count().failed_requests == 1);
    check_alive(w);
}

TEST_CASE("bad input: a smuggled request is never executed") {
    const std::string smuggled = rest_world::request("PUT", "/devices/smuggled", "{}");
    const std::string length = "Content-Length: " + std::to_string(smuggled.size() + 5) + "\r\n";
    const std::string fields = GENERATE_COPY(
        "Transfer-Encoding: chunked\r\n" + length, length + "Transfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\n" + length, length + "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding : chunked\r\n" + length,
        "X: y\r\n Transfer-Encoding: chunked\r\n" + length);
    rest_world w;
    const answer refused = only(w.exchange("POST /devices/d HTTP/1.1\r\nHost: h\r\n" + fields +
                                           "\r\n0\r\n\r\n" + smuggled));
    CHECK(refused.status == 400);
    CHECK(w.stream->ended());
    check_alive(w);
    CHECK(w.ask("GET", "/devices/smuggled").status == 404);
}

TEST_CASE("bad input: unknown paths") {
    rest_world w;
    const std::string path =
        GENERATE("/", "/device/d", "/devices/d/e", "/devices/d/modules/m/x", "/$admin/x",
                 "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd");
    const answer missing = w.ask("GET", path);
    CHECK(missing.status == 404);
    CHECK(missing.code() == "GenericNotFound");
    CHECK(w.log.mentions("404"));
}

TEST_CASE("bad input: methods that a path does not know") {
    rest_world w;
    const std::string method = GENERATE("TRACE", "BREW", "HEAD", "OPTIONS", "POST", "get");
    const answer refused = only_head(w.exchange(rest_world::request(method, "/devices/d")));
    CHECK(refused.status == 405);
    CHECK(refused.header("Allow") == "GET, PUT, DELETE");
    CHECK(refused.code() == "GenericMethodNotAllowed");
}

TEST_CASE("bad input: CONNECT and the asterisk have no resource here") {
    rest_world w;
    CHECK(only(w.exchange("CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n")).status ==
          404);
    CHECK(only(w.exchange("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n")).status == 404);
}

TEST_CASE("bad input: an api-version that is missing or no date") {
    rest_world w;
    const std::string query = GENERATE("", "?", "?api-version=", "?api-version=latest",
                                       "?api-version=2016-11-13", "?version=2021-04-12");
    const answer refused =
        only(w.exchange("GET /devices" + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                        token_of("iothubowner") + "\r\n\r\n"));
    CHECK(refused.status == 400);
    CHECK(refused.code() == "InvalidProtocolVersion");
}

TEST_CASE("bad input: ids in the address") {
    rest_world w;
    struct bad {
        std::string path;
        int status;
    };
    const auto input = GENERATE(values<bad>({
        {"/devices/" + std::string(129, 'a'), 400},
        {"/devices/a%20b", 400},
        {"/devices/a%2Fb", 400},
        {"/devices/%2e%2e%2f", 400},
        {"/devices/%5C", 400},
        {"/devices/%C3%A4", 400},
        {"/devices/%C0%AF", 400},
        {"/devices/%00", 400},
        {"/devices/%zz", 400},
        {"/devices/d/modules/a%26b", 400},
        {"/devices/d/modules/%24edgeAgent", 400},
        {"/devices//modules/m", 404},
        {"/devices/", 405},
        {"/devices//", 404},
        {"/devices/d/modules/", 405},
        {"/devices/a#b", 400},
    }));
    INFO(input.path);
    const answer refused = w.ask("PUT", input.path, "{}");
    CHECK(refused.status == input.status);
    CHECK_FALSE(refused.code().empty());
    CHECK(w.hub.identities().list_devices(10).empty());
}

TEST_CASE("bad input: every character that an id may have, encoded or not") {
    rest_world w;
    const std::string id = "aZ0-:.+%_#*?!(),=@;$'";
    const std::string encoded = "aZ0-:.+%25_%23*%3F!(),=@;$'";
    CHECK(w.ask("PUT", "/devices/" + encoded, json{{"deviceId", id}}.dump()).status == 200);
    CHECK(w.ask("GET", "/devices/aZ0%2D%3A%2E%2B%25%5F%23%2A%3F%21%28%29%2C%3D%40%3B%24%27")
              .document()["deviceId"] == id);
    CHECK(w.ask("PUT", "/devices/" + std::string(128, 'a'), "{}").status == 200);
}

TEST_CASE("bad input: bodies that are no identity") {
    rest_world w;
    const std::string body = GENERATE(
        as<std::string>{}, "", "\xef\xbb\xbf{}", "nonsense", "[]", "null", "7", "\"d\"", "{", "{}x",
        R"({"a":NaN})", R"({"a":1e400})", R"({"a":"\ud800"})", "{\"a\":\"\xff\"}",
        std::string(100'000, '['), std::string(R"({"a":)") + std::string(100'000, '['),
        R"({"deviceId":"e"})", R"({"deviceId":"D"})", R"({"deviceId":""})", R"({"status":1})",
        R"({"authentication":[]})", R"({"authentication":{"type":"none"}})",
        R"({"authentication":{"symmetricKey":{"primaryKey":"MDEyMzQ1Njc4OWFiY2RlZg=="}}})",
        R"({"authentication":{"symmetricKey":{"primaryKey":"!","secondaryKey":"!"}}})",
        R"({"authentication":{"type":"selfSigned","x509Thumbprint":{"primaryThumbprint":"xyz"}}})");
    INFO(body.substr(0, 60));
    const answer refused = w.ask("PUT", "/devices/d", body);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "ArgumentInvalid");
    CHECK(w.log.mentions("400 ArgumentInvalid"));
    CHECK(w.hub.identities().list_devices(10).empty());
}

TEST_CASE("bad input: of members with one name the last counts") {
    rest_world w;
    const answer made =
        w.ask("PUT", "/devices/d", R"({"status":"enabled","status":"disabled","deviceId":"d"})");
    CHECK(made.document()["status"] == "disabled");
}

TEST_CASE("bad input: a body beyond the limit is not even read") {
    rest_world w;
    const answer large =
        only(w.exchange("PUT /devices/d HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                        "Content-Length: 1048577\r\n\r\n"));
    CHECK(large.status == 413);
    CHECK(large.code() == "MessageTooLarge");
}

TEST_CASE("bad input: nothing of it shows a key or a token in the log") {
    rest_world w;
    w.ask("PUT", "/devices/d",
          R"({"authentication":{"symmetricKey":{"primaryKey":"c2VjcmV0","secondaryKey":""}}})");
    w.ask("GET", "/devices/x?sig=hidden");
    CHECK_FALSE(w.log.lines().empty());
    CHECK_FALSE(w.log.mentions("c2VjcmV0"));
    CHECK_FALSE(w.log.mentions("hidden"));
    CHECK_FALSE(w.log.mentions("SharedAccessSignature sr"));
}

TEST_CASE("bad input: a store that cannot be read is a 500, and the log knows why") {
    rest_world w;
    w.store.reads_fail = true;
    const std::string path = GENERATE("/devices", "/devices/d", "/twins/d", "/devices/d/modules");
    const answer failed = w.ask("GET", path);
    CHECK(failed.status == 500);
    CHECK(failed.code() == "ServerError");
    CHECK(failed.body.find("disk") == std::string::npos);
    CHECK(w.log.mentions("the disk is broken"));
    CHECK(w.hub.count().errors == 1);
    w.store.reads_fail = false;
    CHECK(w.ask("GET", "/devices").status == 200);
}
