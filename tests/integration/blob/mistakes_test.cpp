// What can go wrong with a storage: each ends in an error that says so, within its time.
#include <cstdlib>
#include <fstream>

#include "blob_client.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace iothub::test;
using security = blob_stub::security;
using namespace std::chrono_literals;

TEST_CASE("nobody listens") {
    blob_stub stub(security::none);
    blob_client client(stub);
    client.container = client.containers.open("http://127.0.0.1:1/c?sig=secret").value();
    CHECK(client.reason(client.list()) == "Cannot connect: Connection refused");
}

TEST_CASE("the host is unknown") {
    blob_stub stub(security::none);
    blob_client client(stub);
    client.container = client.containers.open("http://nobody.invalid/c?sig=secret").value();
    CHECK(client.reason(client.list()).starts_with("Cannot connect: "));
}

TEST_CASE("the storage refuses, and its own word for it is told") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.reply("403 Forbidden", "x-ms-error-code: AuthenticationFailed\r\n", "<Error/>");
    CHECK(client.reason(client.put_block("devices.txt", 0, "x")) ==
          "Put Block of devices.txt: the storage answered 403 AuthenticationFailed.");
    stub.reply("404 Not Found", "x-ms-error-code: BlobNotFound\r\n", "<Error/>");
    CHECK(client.reason(client.read("devices.txt", {0, 1})) ==
          "Get Blob of devices.txt: the storage answered 404 BlobNotFound.");
    stub.reply("403 Forbidden", "x-ms-error-code: sig=secret\r\n");
    CHECK(client.reason(client.remove("devices.txt")) ==
          "Delete Blob of devices.txt: the storage answered 403.");
}

TEST_CASE("other answers than the expected ones are refusals, and redirects are not followed") {
    blob_stub stub(security::none);
    blob_client client(stub);
    const std::string status = GENERATE("200 OK", "204 No Content", "302 Found", "500 Oops");
    stub.reply(status, "Location: " + stub.uri() + "\r\n");
    CHECK(client.reason(client.commit("d", 1)) ==
          "Put Block List of d: the storage answered " + status.substr(0, 3) + ".");
    CHECK(stub.requests().size() == 1);
}

TEST_CASE("an answer that is not HTTP") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.reply(GENERATE(as<std::string>(), "SSH-2.0-storage\r\n\r\n", std::string(100, '\0'),
                        "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                        "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n"));
    CHECK(client.reason(client.list()) == "The storage did not answer in HTTP.");
}

TEST_CASE("an answer that is larger than what can be asked for") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.keeps_sending = GENERATE(true, false);
    const std::string body = stub.keeps_sending ? "" : std::string(3 * 1024 * 1024, 'x');
    const std::string length = GENERATE("", "Content-Length: 10737418240\r\n");
    stub.reply("HTTP/1.1 200 OK\r\n" + length + "\r\n" + body);
    CHECK(client.reason(client.read("devices.txt", {0, 1})) ==
          "The storage answered with more than was asked for.");
}

TEST_CASE("a connection that ends too early") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.reply(GENERATE(as<std::string>(), "HTTP/1.1 200", "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsho"));
    CHECK(client.reason(client.list())
              .starts_with("The connection ended before the storage had "
                           "answered: "));
}

TEST_CASE("a storage that does not answer is given up") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub, {.answer = 50ms});
    stub.reply("");
    CHECK(client.reason(client.list()) == "The storage did not answer in time.");
}

TEST_CASE("a TLS handshake that nobody continues is given up") {
    blob_stub stub(security::none);
    blob_client client(stub, {.connect = 50ms});
    const std::string uri = stub.uri();
    client.container = client.containers.open("https" + uri.substr(4)).value();
    CHECK(client.reason(client.list()) == "Cannot connect: it took too long");
}

TEST_CASE("a certificate of an authority that is not trusted") {
    blob_stub stub(security::tls);
    blob_client client(stub);
    blob::http_containers wary(stub.loop.get_executor(), "");
    client.container = wary.open(stub.uri()).value();
    CHECK(client.reason(client.list()) == "Cannot connect: TLS: certificate verify failed: "
                                          "self-signed certificate in certificate chain");
    CHECK(stub.requests().empty());
}

TEST_CASE("a certificate for somebody else") {
    blob_stub stub(security::tls, "127.0.0.2");
    blob_client client(stub);
    client.container = client.containers.open(stub.uri("127.0.0.2")).value();
    CHECK(client.reason(client.list()) ==
          "Cannot connect: TLS: certificate verify failed: IP address mismatch");
    CHECK(stub.requests().empty());
}

TEST_CASE("SSL_CERT_FILE names further authorities to trust") {
    const temporary_folder folder;
    blob_stub stub(security::tls);
    const std::string file = (folder / "ca.pem").string();
    std::ofstream(file) << stub.certificates.ca_pem;
    ::setenv("SSL_CERT_FILE", file.c_str(), 1);
    blob::http_containers plain(stub.loop.get_executor(), "");
    blob_client client(stub);
    client.container = plain.open(stub.uri()).value();
    ::unsetenv("SSL_CERT_FILE");
    stub.reply("200 OK", "");
    CHECK(client.list());
}

TEST_CASE("authorities that are no certificates refuse every container over TLS") {
    blob_stub stub(security::tls);
    blob::http_containers broken(stub.loop.get_executor(), "damaged");
    CHECK(broken.open(stub.uri()).error().code == errc::blob_container_validation_error);
    CHECK(broken.open("http://127.0.0.1/c"));
    CHECK(broken.open("nonsense").error().code == errc::blob_container_validation_error);
}

TEST_CASE("a container that is dropped hears no answer") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    int answers = 0;
    stub.reply("200 OK", "");
    client.container->list([&](const result<>&) { ++answers; });
    SECTION("at once") {
        client.container.reset();
    }
    SECTION("when the storage has been asked") {
        REQUIRE(stub.run_until([&] { return !stub.requests().empty(); }));
        client.container.reset();
    }
    SECTION("before the host is found") {
        client.container = client.containers.open("http://nobody.invalid/c").value();
        client.container->list([&](const result<>&) { ++answers; });
        client.container.reset();
    }
    stub.loop.restart();
    stub.loop.run_for(50ms);
    CHECK(answers == 0);
}

TEST_CASE("a callback may drop its container") {
    blob_stub stub(GENERATE(security::none, security::tls));
    blob_client client(stub);
    stub.reply("200 OK", "");
    bool answered = false;
    client.container->list([&](const result<>& outcome) {
        answered = outcome.has_value();
        client.container.reset();
    });
    CHECK(stub.run_until([&] { return answered; }));
}
