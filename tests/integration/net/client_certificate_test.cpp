// What of a client's certificates comes through the handshake.
#include "support/client_certificates.hpp"
#include "test_server.hpp"

namespace {

using namespace iothub;

timestamp today() {
    return std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
}

// A device's certificate with the intermediate one that vouches for it.
net::certificate_and_key device_with_intermediate() {
    const auto root = test::self_signed(test::wish_for_ca("root", today()));
    const auto lower = test::signed_by(root, test::wish_for_ca("lower", today()));
    auto device = test::signed_by(lower, test::wish_for("d1", today()));
    device.certificate_pem += lower.certificate_pem;
    return device;
}

const std::vector<std::string>& presented(const test_server& server) {
    return server.sinks.back()->stream->remote().certificates;
}

std::shared_ptr<SSL_SESSION> session_of(test_server& server, loopback_client& client) {
    server.sinks.back()->stream->send("x");
    server.run_with([&] { client.receive(1); });
    return client.session();
}

} // namespace

TEST_CASE("the client's chain comes as it was sent, the leaf first") {
    test_server server(transport::tls);
    const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    const auto device = device_with_intermediate();
    const auto client = server.connect(
        {.certificate = device, .lowest_version = version, .highest_version = version});
    CHECK((presented(server) == test::der_chain(device.certificate_pem)));
}

TEST_CASE("no authority is named to the client") {
    test_server server(transport::tls);
    const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    const auto client = server.connect({.certificate = device_with_intermediate(),
                                        .lowest_version = version,
                                        .highest_version = version});
    CHECK(client->authorities_named() == 0);
}

TEST_CASE("who showed a certificate shows it again: such a session is not resumed") {
    test_server server(transport::tls);
    const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    handshake_options options{.certificate = device_with_intermediate(),
                              .lowest_version = version,
                              .highest_version = version};
    const auto first = server.connect(options);
    options.session = session_of(server, *first);
    REQUIRE(SSL_SESSION_is_resumable(options.session.get()) == 1);
    CHECK_FALSE(server.connect(options)->resumed());
    CHECK(presented(server).size() == 2);

    options.certificate.reset();
    CHECK_FALSE(server.connect(options)->resumed());
    CHECK(presented(server).empty());
}

TEST_CASE("who showed none may resume, and has none then") {
    test_server server(transport::tls);
    const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    handshake_options options{
        .certificate = {}, .lowest_version = version, .highest_version = version};
    const auto first = server.connect(options);
    options.session = session_of(server, *first);
    options.certificate = device_with_intermediate();
    CHECK(server.connect(options)->resumed());
    CHECK(presented(server).empty());
}

TEST_CASE("more than 64 KiB of certificates end the handshake") {
    test_server server(transport::tls);
    auto device = device_with_intermediate();
    const std::string lower = test::self_signed(test::wish_for_ca("x", today())).certificate_pem;
    for (int i = 0; i < 300; ++i)
        device.certificate_pem += lower;
    loopback_client client(server.port);
    server.run_with([&] {
        try {
            client.shake_hands({.certificate = device});
            client.receive_all();
        } catch (const std::runtime_error&) { // whether it notices so early is the system's choice
        }
    });
    CHECK(server.run_until([&] { return !server.refusals.empty(); }));
    CHECK_THAT(server.refusals[0], Catch::Contains("TLS: "));
    CHECK(server.sinks.empty());
}
