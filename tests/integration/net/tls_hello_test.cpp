// Hellos that are old, in pieces, too large or too slow, on real sockets. Every one of them is
// refused with a reason, or served; none of them harms the next connection.
#include <functional>
#include <memory>

#include "test_server.hpp"

namespace {

using namespace std::string_literals;

bool refused_with(const test_server& server, const std::string& reason) {
    return server.refusals.size() == 1 &&
           server.refusals[0].find(" refused: " + reason) != std::string::npos;
}

// What a client of OpenSSL says first: one record.
std::string client_hello() {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), &SSL_free);
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    REQUIRE(SSL_connect(ssl.get()) != 1);
    char bytes[4096];
    const int size = BIO_read(SSL_get_wbio(ssl.get()), bytes, sizeof bytes);
    REQUIRE(size > 5);
    return {bytes, static_cast<std::size_t>(size)};
}

// A record of the handshake.
std::string record(std::string_view part) {
    std::string bytes = "\x16\x03\x01"s;
    bytes += static_cast<char>(part.size() >> 8);
    bytes += static_cast<char>(part.size() & 0xff);
    return bytes.append(part);
}

// The first bytes of a hello that is `size` long.
std::string hello_of(std::size_t size) {
    std::string head = "\x01"s;
    for (const int shift : {16, 8, 0})
        head += static_cast<char>(size >> shift & 0xff);
    return head + "\x03\x03"s;
}

// An SSLv2 hello (RFC 6101, appendix E) that offers a version.
std::string old_hello(char major, char minor) {
    const std::string ciphers = "\x01\x00\x80\x02\x00\x80\x07\x00\xc0"s;
    const std::string rest =
        "\x01"s + major + minor + "\x00\x09\x00\x00\x00\x10"s + ciphers + std::string(16, '\x05');
    return "\x80"s + static_cast<char>(rest.size()) + rest;
}

// Lets the server read what has arrived.
void settle(test_server& server) {
    server.loop.restart();
    server.loop.run_for(std::chrono::milliseconds(2));
}

// The server answers with a record of its own handshake.
void check_answered(test_server& server, loopback_client& client) {
    CHECK(server.run_with([&] { return client.receive(1); }) == "\x16");
    CHECK(server.refusals.empty());
}

} // namespace

TEST_CASE("a hello of SSLv2 is refused") {
    test_server server(transport::tls);
    const auto [major, minor] = GENERATE(table<char, char>({{'\0', '\2'}, {'\3', '\0'}}));
    loopback_client client(server.port);
    server.run_with([&] {
        client.send(old_hello(major, minor));
        client.receive_all();
    });
    CHECK(server.run_until([&] { return refused_with(server, "TLS: "); }));
    CHECK(server.connections->size() == 0);
    server.connect();
}

TEST_CASE("a hello that comes byte by byte is answered") {
    test_server server(transport::tls);
    loopback_client client(server.port);
    for (const char byte : client_hello()) {
        client.send({&byte, 1});
        settle(server);
    }
    check_answered(server, client);
}

TEST_CASE("a hello in one record a byte is answered") {
    test_server server(transport::tls);
    loopback_client client(server.port);
    std::string bytes;
    for (const char byte : client_hello().substr(5))
        bytes += record({&byte, 1});
    server.run_with([&] { client.send(bytes); });
    check_answered(server, client);
}

TEST_CASE("a hello of 16 MiB in records of 16 KiB is refused when it says so") {
    test_server server(transport::tls);
    loopback_client client(server.port);
    std::string part = hello_of(0xffffff);
    part.resize(16 * 1024, 'x');
    server.run_with([&] {
        client.send(record(part));
        client.receive_all();
    });
    CHECK(server.run_until([&] { return refused_with(server, "TLS: "); }));
    CHECK(server.connections->size() == 0);
    server.connect();
}

TEST_CASE("a hello that never ends is given up, however large its pieces") {
    test_server server(transport::tls, 100, std::chrono::milliseconds(50));
    const std::size_t piece = GENERATE(1, 1000);
    loopback_client client(server.port);
    client.send(record(hello_of(100'000)));
    // Two milliseconds each; a limit that began anew with every piece would never end.
    for (int i = 0; i < 90 && server.refusals.empty(); ++i) {
        client.send(record(std::string(piece, 'x')));
        settle(server);
    }
    CHECK(refused_with(server, "the handshake took too long"));
    CHECK(server.connections->size() == 0);
}

TEST_CASE("a client that says hello and no more is given up") {
    test_server server(transport::tls, 100, std::chrono::milliseconds(50));
    loopback_client client(server.port);
    client.send(client_hello());
    CHECK(server.run_with([&] { return client.receive_all(); }).starts_with("\x16"));
    CHECK(server.run_until([&] { return refused_with(server, "the handshake took too long"); }));
    CHECK(server.connections->size() == 0);
    CHECK(server.sinks.empty());
}

TEST_CASE("slow clients hold nobody up") {
    test_server server(transport::tls);
    std::vector<std::unique_ptr<loopback_client>> slow;
    for (int i = 0; i < 50; ++i) {
        slow.push_back(std::make_unique<loopback_client>(server.port));
        slow.back()->send(client_hello().substr(0, static_cast<std::size_t>(i)));
    }
    const auto good = server.connect();
    server.run_with([&] { good->send("works"); });
    CHECK(server.run_until([&] { return server.sinks[0]->text == "works"; }));
    CHECK(server.connections->size() == 51);
}
