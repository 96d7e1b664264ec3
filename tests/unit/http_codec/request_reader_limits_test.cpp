#include "emulator/http_codec/request_reader.hpp"

#include "support/catch.hpp"

using namespace iothub::http_codec;

namespace {

// 0: a request was read; -1: more bytes are awaited; else the status of the refusal.
int outcome(std::string_view bytes) {
    request_reader reader;
    reader.put(bytes);
    if (reader.next()) {
        return 0;
    }
    return reader.fault() ? reader.fault()->status : -1;
}

std::string head_with_target(std::size_t request_line) {
    const std::string around = "GET / HTTP/1.1\r\n";
    return "GET /" + std::string(request_line - around.size(), 'a') +
           " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::string head_with_fields(std::size_t count) {
    std::string head = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (std::size_t i = 1; i < count; ++i) {
        head += "A: b\r\n";
    }
    return head + "\r\n";
}

std::string head_of_size(std::size_t size) {
    const std::string around = "GET / HTTP/1.1\r\nHost: h\r\nA: \r\n\r\n";
    return "GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(size - around.size(), 'a') + "\r\n\r\n";
}

std::string chunk_line(const std::string& extension) {
    return "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;" + extension +
           "\r\nx\r\n0\r\n\r\n";
}

} // namespace

TEST_CASE("reader: a request line has at most 8 KiB") {
    CHECK(outcome(head_with_target(8 * 1024)) == 0);
    CHECK(outcome(head_with_target(8 * 1024 + 1)) == 414);
    CHECK(outcome(std::string(8 * 1024 + 1, 'A')) == 414);
}

TEST_CASE("reader: a head has at most 64 KiB and 100 fields") {
    CHECK(outcome(head_of_size(64 * 1024)) == 0);
    CHECK(outcome(head_of_size(64 * 1024 + 1)) == 431);
    CHECK(outcome(head_with_fields(100)) == 0);
    CHECK(outcome(head_with_fields(101)) == 431);
}

TEST_CASE("reader: a body has at most 1 MiB, and its length is believed before it comes") {
    const std::string head = "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: ";
    const std::string body(1024 * 1024, 'x');
    CHECK(outcome(head + "1048576\r\n\r\n" + body) == 0);
    CHECK(outcome(head + "1048577\r\n\r\n") == 413);
    CHECK(outcome(head + "10737418240\r\n\r\n") == 413);
}

TEST_CASE("reader: chunks together have at most 1 MiB") {
    std::string bytes = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 16; ++i) {
        bytes += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    }
    CHECK(outcome(bytes + "0\r\n\r\n") == 0);
    CHECK(outcome(bytes + "1\r\n") == 413);
    CHECK(outcome(bytes + "8000000000000000\r\n") == 413);
}

TEST_CASE("reader: a target may have a limit of its own, which counts from the first request on") {
    message_limits limits;
    limits.body_of = [](std::string_view target) -> std::size_t {
        return target == "/large?x" ? 10 : 2;
    };
    request_reader reader(limits);
    const std::string large = "PUT /large?x HTTP/1.1\r\nHost: h\r\nContent-Length: ";
    const std::string small = "PUT /small HTTP/1.1\r\nHost: h\r\nContent-Length: ";
    reader.put(large + "10\r\n\r\n0123456789" + small + "2\r\n\r\n01" + small + "3\r\n\r\n");
    CHECK(reader.next()->body.size() == 10);
    CHECK(reader.next()->body.size() == 2);
    CHECK_FALSE(reader.next());
    REQUIRE(reader.fault());
    CHECK(reader.fault()->status == 413);
    request_reader other(limits);
    other.put(large + "11\r\n\r\n");
    CHECK_FALSE(other.next());
    CHECK(other.fault()->status == 413);
    request_reader chunked(limits);
    chunked.put("PUT /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n");
    CHECK_FALSE(chunked.next());
    CHECK(chunked.fault()->status == 413);
}

TEST_CASE("reader: a chunk's extension is bounded, whole or not") {
    CHECK(outcome(chunk_line("a=b")) == 0);
    CHECK(outcome(chunk_line(std::string(64 * 1024, 'a'))) == 400);
    const std::string unfinished = chunk_line(std::string(64 * 1024, 'a'));
    CHECK(outcome(std::string_view(unfinished).substr(0, 6 * 1024)) == 400);
}

TEST_CASE("reader: a trailer is bounded") {
    const std::string bytes =
        "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: ";
    CHECK(outcome(bytes + std::string(5000, 'a')) == 400);
}
