// What the hub lets no client talk it into (reliability specification §1): suites without forward
// secrecy, and another handshake on a connection that has had one.

#include <openssl/rsa.h>

#include "emulator/net/certificates/certificate_authority.hpp"
#include "emulator/net/certificates/pem.hpp"
#include "test_server.hpp"

namespace {

using namespace iothub;

// Of a key with which the suites of old, too, could be served.
net::certificate_and_key rsa_certificate() {
    const net::key_ptr key(EVP_RSA_gen(2048));
    const std::string pem = net::to_pem(*key);
    return {net::create_ca_certificate(pem, from_unix_seconds(1'700'000'000)).value(), pem};
}

handshake_options tls_1_2(const std::string& suites) {
    return {.certificate = {}, .highest_version = TLS1_2_VERSION, .tls_1_2_suites = suites};
}

const std::string without_secrecy = "AES128-GCM-SHA256:DHE-RSA-AES128-GCM-SHA256";

} // namespace

TEST_CASE("a client that knows no suite of ECDHE and AEAD is refused") {
    const std::string suite = GENERATE("AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256",
                                       "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES128-SHA256");
    test_server server(transport::tls);
    REQUIRE(server.tls->reload(rsa_certificate()));
    loopback_client client(server.port);
    CHECK_THROWS(server.run_with([&] { client.shake_hands(tls_1_2(suite)); }));
    CHECK(server.run_until([&] { return server.refusals.size() == 1; }));
    CHECK(server.refusals.at(0).find(" refused: TLS: no shared cipher") != std::string::npos);
    CHECK(server.sinks.empty());
    CHECK(server.connect()->protocol() == "TLSv1.3");
}

TEST_CASE("of the suites that a client knows one with ECDHE is taken") {
    test_server server(transport::tls);
    REQUIRE(server.tls->reload(rsa_certificate()));
    const auto [known, taken] = GENERATE(table<std::string, std::string>({
        {":ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"},
        {":ECDHE-RSA-AES256-SHA384:ECDHE-RSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"},
    }));
    CHECK(server.connect(tls_1_2(without_secrecy + known))->suite() == taken);
}

TEST_CASE("the hub's own certificate is served with ECDHE") {
    test_server server(transport::tls);
    CHECK(server.connect(tls_1_2("ALL@SECLEVEL=0"))->suite().starts_with("ECDHE-ECDSA-AES"));
}

TEST_CASE("a client gets no second handshake, and does no harm by asking for it") {
    test_server server(transport::tls);
    const auto other = server.connect();
    const auto client = server.connect(tls_1_2("ALL"));
    server.run_with([&] { client->send("before"); });
    CHECK(server.run_until([&] { return server.sinks[1]->text == "before"; }));
    CHECK_FALSE(server.run_with([&] { return client->shakes_hands_again(); }));
    server.run_with([&] { other->send("unharmed"); });
    CHECK(server.run_until([&] { return server.sinks[0]->text == "unharmed"; }));
    CHECK(server.sinks[1]->text == "before");
}
