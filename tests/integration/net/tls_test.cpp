#include "emulator/net/certificates/certificate_authority.hpp"
#include "emulator/net/certificates/pem.hpp"
#include "test_server.hpp"

namespace {

using namespace iothub;

bool refused_with(const test_server& server, const std::string& reason) {
    return server.refusals.size() == 1 && server.refusals[0].rfind("127.0.0.1:", 0) == 0 &&
           server.refusals[0].find(" refused: " + reason) != std::string::npos;
}

std::string der_of(const std::string& pem) {
    const auto chain = net::read_certificates(pem).value();
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(chain.front().get(), &bytes);
    const std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

// Expired long ago and signed by nobody, as a device's own certificate may be.
net::certificate_and_key self_signed() {
    const std::string key = net::create_private_key();
    return {net::create_ca_certificate(key, from_unix_seconds(0)).value(), key};
}

} // namespace

TEST_CASE("TLS 1.2 and 1.3 are spoken") {
    test_server server(transport::tls);
    const auto [version, name] = GENERATE(
        table<int, std::string>({{TLS1_2_VERSION, "TLSv1.2"}, {TLS1_3_VERSION, "TLSv1.3"}}));
    const auto client =
        server.connect({.certificate = {}, .lowest_version = version, .highest_version = version});
    CHECK(client->protocol() == name);
    CHECK(client->server_name() == "hub.example");
}

TEST_CASE("older versions are refused") {
    test_server server(transport::tls);
    loopback_client client(server.port);
    CHECK_THROWS(server.run_with([&] {
        client.shake_hands(
            {.certificate = {}, .lowest_version = TLS1_VERSION, .highest_version = TLS1_1_VERSION});
    }));
    CHECK(server.run_until([&] { return refused_with(server, "TLS: unsupported protocol"); }));
    CHECK(server.sinks.empty());
}

TEST_CASE("a client may show a certificate, whoever signed it") {
    test_server server(transport::tls);
    const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    const auto certificate = self_signed();
    const auto client = server.connect(
        {.certificate = certificate, .lowest_version = version, .highest_version = version});
    CHECK((server.sinks[0]->stream->remote().certificates ==
           std::vector{der_of(certificate.certificate_pem)}));
    server.run_with([&] { client->send("works"); });
    CHECK(server.run_until([&] { return server.sinks[0]->text == "works"; }));
}

TEST_CASE("a client may show no certificate") {
    test_server server(transport::tls);
    const auto client = server.connect();
    CHECK(server.sinks[0]->stream->remote().certificates.empty());
}

TEST_CASE("bytes that are not TLS are refused with the reason") {
    test_server server(transport::tls);
    const auto [bytes, reason] = GENERATE(table<std::string, std::string>({
        {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "TLS: http request"},
        {std::string(100, '\xff'), "TLS: "},
        {std::string("\x16\x03\x01\x02\x00", 5) + std::string(512, '\x02'), "TLS: "},
    }));
    loopback_client client(server.port);
    server.run_with([&] {
        client.send(bytes);
        client.receive_all();
    });
    CHECK(server.run_until([&] { return refused_with(server, reason); }));
    CHECK(server.connections->size() == 0);
    CHECK(server.sinks.empty());
}

TEST_CASE("a peer that leaves during the handshake is refused") {
    test_server server(transport::tls);
    const bool orderly = GENERATE(true, false);
    loopback_client client(server.port);
    client.send("\x16\x03\x01");
    if (orderly)
        client.finish_sending();
    else
        client.reset();
    CHECK(server.run_until([&] { return refused_with(server, ""); }));
    CHECK(server.refusals[0].ends_with("; the client does not trust this hub's CA (ca.pem), or "
                                       "used a name that is not in the certificate"));
    CHECK(server.connections->size() == 0);
}

TEST_CASE("a peer that says nothing is given up") {
    test_server server(transport::tls, 100, std::chrono::milliseconds(50));
    loopback_client client(server.port);
    client.send(GENERATE(as<std::string>(), "", "\x16"));
    server.run_with([&] { client.receive_all(); });
    CHECK(server.run_until([&] { return refused_with(server, "the handshake took too long"); }));
    CHECK(server.connections->size() == 0);
}

TEST_CASE("a connection outlives the time limit of its handshake") {
    test_server server(transport::tls, 100, std::chrono::milliseconds(300));
    const auto client = server.connect();
    server.loop.restart();
    server.loop.run_for(std::chrono::milliseconds(400));
    server.run_with([&] { client->send("still here"); });
    CHECK(server.run_until([&] { return server.sinks[0]->text == "still here"; }));
}

TEST_CASE("later connections see a certificate that was reloaded") {
    test_server server(transport::tls);
    const auto first = server.connect();
    CHECK(server.tls->reload({"damaged", "damaged"}).has_error());
    CHECK(server.connect()->server_name() == "hub.example");
    REQUIRE(server.tls->reload(test_server::certificates("new.example")).has_value());
    CHECK(server.connect()->server_name() == "new.example");
    server.run_with([&] { first->send("unharmed"); });
    CHECK(server.run_until([&] { return server.sinks[0]->text == "unharmed"; }));
}

TEST_CASE("a context needs a certificate and the key that belongs to it") {
    const auto good = test_server::certificates("hub.example");
    const auto other = test_server::certificates("hub.example");
    CHECK(net::tls_context::create(good).has_value());
    CHECK(net::tls_context::create({"", good.key_pem}).has_error());
    CHECK(net::tls_context::create({good.certificate_pem, ""}).has_error());
    const auto mixed = net::tls_context::create({good.certificate_pem, other.key_pem});
    REQUIRE(mixed.has_error());
    CHECK(mixed.error().message ==
          "the private key cannot be used with the server certificate: key values mismatch");
}
