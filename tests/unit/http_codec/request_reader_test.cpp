#include "emulator/http_codec/request_reader.hpp"

#include "support/catch.hpp"

#include <vector>

using namespace iothub::http_codec;

namespace {

// What a reader makes of the pieces, in one line a request, and the refusal if there is one.
std::string read(const std::vector<std::string_view>& pieces) {
    request_reader reader;
    std::string seen;
    for (const std::string_view piece : pieces) {
        reader.put(piece);
        while (const auto r = reader.next()) {
            seen += r->method + ' ' + r->target + " [" + r->body + "]" +
                    (r->keep_alive ? "\n" : " last\n");
        }
    }
    if (reader.fault()) {
        seen += "refused " + std::to_string(reader.fault()->status);
    }
    return seen;
}

// Every split in two, and byte by byte.
void check_every_split(std::string_view bytes, const std::string& expected) {
    CHECK(read({bytes}) == expected);
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        INFO("cut at " << cut);
        REQUIRE(read({bytes.substr(0, cut), bytes.substr(cut)}) == expected);
    }
    std::vector<std::string_view> single;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        single.push_back(bytes.substr(i, 1));
    }
    CHECK(read(single) == expected);
}

} // namespace

TEST_CASE("reader: a request without a body, however it is split") {
    check_every_split("GET /devices/d?api-version=2021-04-12 HTTP/1.1\r\nHost: h\r\n\r\n",
                      "GET /devices/d?api-version=2021-04-12 []\n");
}

TEST_CASE("reader: a body with its length, however it is split") {
    check_every_split("PUT /d HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
                      "PUT /d [{\"a\":1}]\n");
}

TEST_CASE("reader: chunks with extensions and trailers, however they are split") {
    check_every_split("PUT /d HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "3\r\n{\"a\r\n4;x=\"y\"\r\n\":1}\r\n0\r\nX-Sum: 1\r\n\r\n",
                      "PUT /d [{\"a\":1}]\n");
}

TEST_CASE("reader: pipelined requests, however they are split") {
    check_every_split("PUT /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab"
                      "\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"
                      "POST /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "1\r\nc\r\n0\r\n\r\n"
                      "GET /4 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                      "PUT /1 [ab]\nGET /2 []\nPOST /3 [c]\nGET /4 [] last\n");
}

TEST_CASE("reader: an unknown method is a request like any other") {
    check_every_split("BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n", "BREW /pot []\n");
}

TEST_CASE("reader: HTTP/1.0 does not keep the connection") {
    CHECK(read({"GET / HTTP/1.0\r\nHost: h\r\n\r\n"}) == "GET / [] last\n");
}

TEST_CASE("reader: two equal lengths are one") {
    CHECK(read({"PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx"}) ==
          "PUT / [x]\n");
}

TEST_CASE("reader: values lose the white space around them, and keep what is in them") {
    request_reader reader;
    reader.put("GET / HTTP/1.1\r\nHost: h\r\nIf-Match: \t \"a b\" \t\r\nEmpty:\r\n\r\n");
    const auto r = reader.next();
    REQUIRE(r);
    CHECK(*r->headers.find("if-match") == "\"a b\"");
    REQUIRE(r->headers.find("empty") != nullptr);
    CHECK(r->headers.find("empty")->empty());
}

TEST_CASE("reader: a trailer is no header field") {
    request_reader reader;
    reader.put("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
               "0\r\nAuthorization: stolen\r\n\r\n");
    const auto r = reader.next();
    REQUIRE(r);
    CHECK(r->headers.find("Authorization") == nullptr);
}

TEST_CASE("reader: a wish for 100 Continue is told once, and only while the body is awaited") {
    const std::string head =
        "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n";
    request_reader reader;
    reader.put(head);
    CHECK_FALSE(reader.next());
    CHECK(reader.take_continue_wish());
    CHECK_FALSE(reader.take_continue_wish());
    reader.put("x");
    CHECK(reader.next()->body == "x");

    reader.put(head + "x");
    CHECK(reader.next()->body == "x");
    CHECK_FALSE(reader.take_continue_wish());

    reader.put("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n");
    CHECK(reader.next());
    CHECK_FALSE(reader.take_continue_wish());
}

TEST_CASE("reader: says what it is reading") {
    using phase = request_reader::phase;
    request_reader reader;
    CHECK(reader.reading() == phase::between_requests);
    reader.put("PUT / HTTP/1.1\r\n");
    CHECK_FALSE(reader.next());
    CHECK(reader.reading() == phase::head);
    reader.put("Host: h\r\nContent-Length: 3\r\n\r\nab");
    CHECK_FALSE(reader.next());
    CHECK(reader.reading() == phase::body);
    CHECK(reader.body_bytes() == 2);
    reader.put("c");
    CHECK(reader.next());
    CHECK(reader.reading() == phase::between_requests);
}
