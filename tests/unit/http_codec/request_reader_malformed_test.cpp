#include "emulator/http_codec/request_reader.hpp"

#include "support/catch.hpp"

using namespace std::string_literals;
using namespace iothub::http_codec;

namespace {

// The status of the refusal, 0 where there is none. Checks that no request was handed out before.
int refusal_of(const std::string& bytes) {
    request_reader reader;
    reader.put(bytes);
    CHECK_FALSE(reader.next());
    return reader.fault() ? reader.fault()->status : 0;
}

// The same, when the bytes come one at a time.
int refusal_of_single_bytes(const std::string& bytes) {
    request_reader reader;
    for (const char byte : bytes) {
        reader.put({&byte, 1});
        CHECK_FALSE(reader.next());
    }
    return reader.fault() ? reader.fault()->status : 0;
}

struct bad_input {
    const char* name;
    int status;
    std::string bytes;
};

std::string get_with(const std::string& fields) {
    return "GET / HTTP/1.1\r\n" + fields + "\r\n";
}

std::string put_with(const std::string& fields, const std::string& body = {}) {
    return "PUT / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body;
}

const std::string chunked = "Transfer-Encoding: chunked\r\n";
const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

} // namespace

TEST_CASE("reader: malformed heads are refused, and nothing behind them is read") {
    const auto input = GENERATE(values<bad_input>({
        {"garbage", 400, "\x16\x03\x01\x02"s},
        {"one word", 400, "HELLO\r\n\r\n"},
        {"no target", 400, "GET HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"two spaces", 400, "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"space in the target", 400, "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"method with a separator", 400, "G(T / HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"white space first", 400, " GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"two empty lines first", 400, "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"no version", 400, "GET /\r\nHost: h\r\n\r\n"},
        {"lower-case version", 400, "GET / http/1.1\r\nHost: h\r\n\r\n"},
        {"HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"unknown version", 505, "GET / HTTP/9.9\r\nHost: h\r\n\r\n"},
        {"NUL in the target", 400, "GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n"s},
        {"NUL in a value", 400, get_with("Host: h\r\nA: \0\r\n"s)},
        {"escape in a value", 400, get_with("Host: h\r\nA: \x1b[0m\r\n")},
        {"bare LF", 400, "GET / HTTP/1.1\nHost: h\n\n"},
        {"bare LF in a value", 400, get_with("Host: h\r\nA: b\nC: d\r\n")},
        {"bare CR", 400, get_with("Host: h\r\nA: b\rC: d\r\n")},
        {"folded line", 400, get_with("Host: h\r\nA: b\r\n c\r\n")},
        {"white space before the first field", 400, "GET / HTTP/1.1\r\n Host: h\r\n\r\n"},
        {"space before the colon", 400, get_with("Host : h\r\n")},
        {"no colon", 400, get_with("Host: h\r\nNonsense\r\n")},
        {"no name", 400, get_with("Host: h\r\n: v\r\n")},
        {"no Host", 400, get_with("A: b\r\n")},
        {"two Hosts", 400, get_with("Host: h\r\nHost: h\r\n")},
    }));
    INFO(input.name);
    CHECK(refusal_of(input.bytes + smuggled) == input.status);
    CHECK(refusal_of_single_bytes(input.bytes) == input.status);
}

TEST_CASE("reader: a body whose length is unclear is refused, and nothing behind it is read") {
    const auto input = GENERATE(values<bad_input>({
        {"both", 400, put_with("Content-Length: 4\r\n" + chunked, "0\r\n\r\n")},
        {"both, the other way", 400, put_with(chunked + "Content-Length: 4\r\n", "0\r\n\r\n")},
        {"two lengths", 400, put_with("Content-Length: 1\r\nContent-Length: 2\r\n", "xy")},
        {"two lengths in one field", 400, put_with("Content-Length: 1, 2\r\n", "xy")},
        {"+4", 400, put_with("Content-Length: +4\r\n", "abcd")},
        {"-1", 400, put_with("Content-Length: -1\r\n")},
        {"0x4", 400, put_with("Content-Length: 0x4\r\n", "abcd")},
        {"1e30", 400, put_with("Content-Length: 1e30\r\n")},
        {"4 4", 400, put_with("Content-Length: 4 4\r\n", "abcd")},
        {"empty", 400, put_with("Content-Length:\r\n")},
        {"beyond 64 bits", 400, put_with("Content-Length: 99999999999999999999\r\n")},
        {"gzip", 400, put_with("Transfer-Encoding: gzip\r\n")},
        {"gzip, chunked", 400, put_with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        {"gzip and chunked", 400, put_with("Transfer-Encoding: gzip\r\n" + chunked, "0\r\n\r\n")},
        {"chunked twice", 400, put_with(chunked + chunked, "0\r\n\r\n")},
        {"xchunked", 400, put_with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
        {"identity", 400, put_with("Transfer-Encoding: identity\r\n")},
        {"no transfer encoding", 400, put_with("Transfer-Encoding:\r\n", "0\r\n\r\n")},
        {"chunk of minus one", 400, put_with(chunked, "-1\r\nx\r\n0\r\n\r\n")},
        {"chunk size in C's way", 400, put_with(chunked, "0x1\r\nx\r\n0\r\n\r\n")},
        {"chunk without size", 400, put_with(chunked, "\r\nx\r\n0\r\n\r\n")},
        {"chunk longer than said", 400, put_with(chunked, "1\r\nxy\r\n0\r\n\r\n")},
        {"chunk without its end", 400, put_with(chunked, "1\r\nx0\r\n\r\n0\r\n\r\n")},
        {"chunk beyond 64 bits", 400, put_with(chunked, "10000000000000000\r\nx\r\n")},
        {"gzip content", 415, put_with("Content-Encoding: gzip\r\nContent-Length: 1\r\n", "x")},
        {"deflate", 415, put_with("content-encoding: deflate\r\nContent-Length: 1\r\n", "x")},
        {"no coding", 415, put_with("Content-Encoding:\r\nContent-Length: 1\r\n", "x")},
        {"gzip in chunks", 415, put_with("Content-Encoding: gzip\r\n" + chunked, "1\r\nx\r\n")},
        {"identity, gzip", 415, put_with("Content-Encoding: identity, gzip\r\n")},
        {"identity and gzip", 415,
         put_with("Content-Encoding: identity\r\nContent-Encoding: gzip\r\n")},
    }));
    INFO(input.name);
    CHECK(refusal_of(input.bytes + smuggled) == input.status);
}

TEST_CASE("reader: identity is no coding") {
    request_reader reader;
    reader.put(put_with("Content-Encoding: Identity\r\nContent-Length: 1\r\n", "x"));
    REQUIRE(reader.next());
    CHECK_FALSE(reader.fault());
}

TEST_CASE("reader: a refusal is for ever") {
    request_reader reader;
    reader.put("GET / HTTP/1.1\r\n\r\n");
    CHECK_FALSE(reader.next());
    REQUIRE(reader.fault());
    reader.put(smuggled);
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.has_unread_bytes());
}
