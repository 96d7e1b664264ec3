#include "emulator/http_codec/response.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::http_codec;

TEST_CASE("response: status line, length, fields, body") {
    const response r{200, {{"ETag", "\"MQ==\""}}, "{}"};
    CHECK(to_bytes(r, {}) == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"MQ==\"\r\n\r\n{}");
}

TEST_CASE("response: no content has a length of 0 and no body") {
    CHECK(to_bytes({204, {}, {}}, {}) == "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("response: the last one says so") {
    CHECK(to_bytes({400, {}, "x"}, {.keep_alive = false}) ==
          "HTTP/1.1 400 Bad Request\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
}

TEST_CASE("response: the answer to HEAD keeps the length and sends nothing") {
    CHECK(to_bytes({200, {}, "abc"}, {.without_body = true}) ==
          "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
}

TEST_CASE("response: an interim one is bare") {
    CHECK(to_bytes({100, {}, {}}, {}) == "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_CASE("response: dates are in the fixed format") {
    CHECK(http_date(from_unix_seconds(784'111'777)) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(http_date(from_unix_seconds(1'767'323'045)) == "Fri, 02 Jan 2026 03:04:05 GMT");
}
