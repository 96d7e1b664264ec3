// What goes over the wire for each operation of a container, over HTTP and HTTPS.
#include "blob_client.hpp"

using namespace iothub;
using namespace iothub::test;
using security = blob_stub::security;

namespace {

std::string head(const blob_stub& stub, const std::string& request_line) {
    const std::string uri = stub.uri();
    const std::size_t host = uri.find("//") + 2;
    return request_line + " HTTP/1.1\r\nHost: " + uri.substr(host, uri.find('/', host) - host) +
           "\r\nUser-Agent: iothub-emulator\r\nAccept: */*\r\nConnection: close\r\n"
           "x-ms-version: 2020-10-02\r\n";
}

} // namespace

TEST_CASE("a block, and the list that makes a blob of blocks") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.reply("201 Created", "");
    stub.reply("201 Created", "");
    CHECK(client.put_block("devices.txt", 7, "some lines\n"));
    CHECK(client.commit("devices.txt", 2));
    REQUIRE(stub.requests().size() == 2);
    CHECK(stub.requests()[0] ==
          head(stub, "PUT /account/c/devices.txt?comp=block&blockid=YmxvY2stMDAwMDA3&"
                     "sv=2020-10-02&sig=secret") +
              "Content-Length: 11\r\n\r\nsome lines\n");
    CHECK(stub.requests()[1] ==
          head(stub, "PUT /account/c/devices.txt?comp=blocklist&sv=2020-10-02&sig=secret") +
              "x-ms-blob-content-type: text/plain; charset=utf-8\r\nContent-Length: 127\r\n\r\n"
              R"(<?xml version="1.0" encoding="utf-8"?><BlockList>)"
              "<Latest>YmxvY2stMDAwMDAw</Latest><Latest>YmxvY2stMDAwMDAx</Latest></BlockList>");
}

TEST_CASE("a large block goes out whole") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.reply("201 Created", "");
    const std::string block(4 * 1024 * 1024, 'b');
    CHECK(client.put_block("devices.txt", 0, block));
    CHECK(stub.requests().at(0).ends_with("\r\n\r\n" + block));
}

TEST_CASE("a blob without blocks is put empty") {
    blob_stub stub(security::none);
    blob_client client(stub);
    stub.reply("201 Created", "");
    CHECK(client.commit("importErrors.log", 0));
    CHECK(stub.requests().at(0) ==
          head(stub, "PUT /account/c/importErrors.log?sv=2020-10-02&sig=secret") +
              "x-ms-blob-type: BlockBlob\r\nx-ms-blob-content-type: text/plain; charset=utf-8\r\n"
              "Content-Length: 0\r\n\r\n");
}

TEST_CASE("a part of a blob, and how large it is") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.reply("206 Partial Content", "Content-Range: bytes 100-104/1234\r\n", "lines");
    const auto piece = client.read("devices.txt", {100, 50}).value();
    CHECK(piece.bytes == "lines");
    CHECK(piece.blob_size == 1234);
    CHECK(stub.requests().at(0) ==
          head(stub, "GET /account/c/devices.txt?sv=2020-10-02&sig=secret") +
              "x-ms-range: bytes=100-149\r\n\r\n");
}

TEST_CASE("nothing is behind the end of a blob") {
    blob_stub stub(security::none);
    blob_client client(stub);
    stub.reply("416 Range Not Satisfiable", "Content-Range: bytes */7\r\n", "<Error/>");
    const auto piece = client.read("devices.txt", {7, 50}).value();
    CHECK(piece.bytes.empty());
    CHECK(piece.blob_size == 7);
    stub.reply("416 Range Not Satisfiable", "", "<Error/>");
    CHECK(client.read("devices.txt", {0, 50})->blob_size == 0);
}

TEST_CASE("a storage that knows no ranges gives the whole blob") {
    blob_stub stub(security::none);
    blob_client client(stub);
    stub.reply("200 OK", "", "lines");
    const auto piece = client.read("devices.txt", {0, 2}).value();
    CHECK(piece.bytes == "li");
    CHECK(piece.blob_size == 5);
    stub.reply("200 OK", "", "lines");
    CHECK(client.reason(client.read("devices.txt", {2, 2})) ==
          "Get Blob of devices.txt: the storage answered 200.");
    stub.reply("206 Partial Content", "Content-Range: bytes 0-4/5\r\n", "lines");
    CHECK(client.read("devices.txt", {0, 2}).has_error());
    stub.reply("206 Partial Content", "", "li");
    CHECK(client.read("devices.txt", {0, 2}).has_error());
}

TEST_CASE("a blob is deleted, and a container listed") {
    blob_stub stub(security::none);
    blob_client client(stub);
    stub.reply("202 Accepted", "");
    stub.reply("200 OK", "", "<EnumerationResults/>");
    CHECK(client.remove("a/b c.txt"));
    CHECK(client.list());
    CHECK(stub.requests().at(0) ==
          head(stub, "DELETE /account/c/a/b%20c.txt?sv=2020-10-02&sig=secret") + "\r\n");
    CHECK(stub.requests().at(1) == head(stub,
                                        "GET /account/c?restype=container&comp=list&maxresults=1&"
                                        "sv=2020-10-02&sig=secret") +
                                       "\r\n");
}

TEST_CASE("an answer may come in chunks, or end with the connection") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    const std::string framing =
        GENERATE(as<std::string>(),
                 "Transfer-Encoding: chunked\r\n\r\n3\r\nlin\r\n2\r\nes\r\n0\r\n\r\n", "\r\nlines");
    stub.reply("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/5\r\n" + framing);
    CHECK(client.read("devices.txt", {0, 50})->bytes == "lines");
}

TEST_CASE("a container without signature is asked without one") {
    blob_stub stub(security::none);
    blob_client client(stub);
    const std::string uri = stub.uri();
    client.container = client.containers.open(uri.substr(0, uri.find('?'))).value();
    stub.reply("200 OK", "");
    CHECK(client.list());
    CHECK(stub.requests().at(0).starts_with(
        "GET /account/c?restype=container&comp=list&maxresults=1 HTTP/1.1\r\n"));
}

TEST_CASE("a host may have a name") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    client.container = client.containers.open(stub.uri("localhost")).value();
    stub.reply("200 OK", "");
    CHECK(client.list());
}
