// How a client meets servers that accept, refuse, fall silent, or are not to be trusted.

#include <iothub/module_client.hpp>

#include "emulator/net/certificates/certificate_authority.hpp"
#include "integration/client/stub_hub.hpp"
#include "support/catch.hpp"

using namespace iothub::test;
using iothub::module_client;

namespace {

module_client client_of(const tls_stub& stub) {
    return module_client::create_from_connection_string(module_string(stub), trusting(stub));
}

struct status_texts : inbox<std::string> {
    void watch(module_client& client) {
        client.set_connection_status_changes_handler([this](auto status, auto reason) {
            put(std::string(to_string(status)) + "/" + std::string(to_string(reason)));
        });
    }
};

tls_stub::script refuse(unsigned return_code) {
    return [return_code](stub_peer& peer) { answer_connect(peer, return_code); };
}

} // namespace

TEST_CASE("opening sends the identity, and closing says goodbye") {
    stub_hub hub;
    tls_stub stub({hub.script()});
    status_texts statuses;
    auto client = client_of(stub);
    statuses.watch(client);
    client.open();
    CHECK(statuses.take() == "Connected/Connection_Ok");
    const std::string connect = hub.connected.take().body;
    CHECK_THAT(connect, Catch::Contains("d/m") &&
                            Catch::Contains("/d/m/?api-version=2021-04-12&DeviceClientType=") &&
                            Catch::Contains("SharedAccessSignature sr=localhost"));
    constexpr unsigned user_and_password_without_clean_session = 0xc0;
    CHECK(static_cast<unsigned char>(connect.at(7)) == user_and_password_without_clean_session);
    client.close();
    CHECK(statuses.take() == "Disconnected/Client_Close");
    CHECK_THROWS_AS(client.get_twin(), iothub::client_closed);
}

TEST_CASE("a refused credential comes back at once and is not tried again") {
    tls_stub stub({refuse(5)});
    status_texts statuses;
    auto client = client_of(stub);
    statuses.watch(client);
    CHECK_THROWS_AS(client.open(), iothub::unauthorized);
    CHECK(statuses.take() == "Disconnected/Bad_Credential");
    CHECK_THROWS_AS(client.send_event({}), iothub::unauthorized);
    CHECK(stub.connections() == 1);
}

TEST_CASE("a hub that is unavailable, or drops the client, is tried until it accepts") {
    stub_hub hub;
    tls_stub stub(
        {refuse(3), [](stub_peer&) {}, [](stub_peer& peer) { read_packet(peer); }, hub.script()});
    status_texts statuses;
    auto client = client_of(stub);
    statuses.watch(client);
    client.open();
    CHECK(statuses.take() == "Disconnected_Retrying/Communication_Error");
    CHECK(statuses.take() == "Connected/Connection_Ok");
    CHECK(stub.connections() == 4);
}

TEST_CASE("a token is replaced before its end, by a reconnect that no handler hears of") {
    stub_hub hub;
    tls_stub stub({hub.script(), hub.script(), hub.script(), hub.script()});
    auto options = trusting(stub);
    options.sas_token_lifetime = std::chrono::seconds(10);
    options.sas_renewal_percent = 10;
    status_texts statuses;
    auto client = module_client::create_from_connection_string(module_string(stub), options);
    statuses.watch(client);
    client.open();
    CHECK(statuses.take() == "Connected/Connection_Ok");
    CHECK(hub.connected.take().body != hub.connected.take().body);
    CHECK(statuses.empty());
}

TEST_CASE("after a refusal the client can be opened anew") {
    stub_hub hub;
    tls_stub stub({refuse(5), hub.script()});
    auto client = client_of(stub);
    CHECK_THROWS_AS(client.open(), iothub::unauthorized);
    CHECK_NOTHROW(client.open());
}

TEST_CASE("a server that says nothing ends in a time-out") {
    tls_stub stub({[](stub_peer& peer) { peer.wait_until_closed(); }});
    auto options = trusting(stub);
    options.operation_timeout = std::chrono::milliseconds(300);
    auto client = module_client::create_from_connection_string(module_string(stub), options);
    CHECK_THROWS_AS(client.open(), iothub::time_out);
}

TEST_CASE("where nobody listens the reason is told") {
    std::string text;
    {
        const tls_stub gone({});
        text = module_string(gone, "127.0.0.1");
    }
    iothub::client_options options;
    options.operation_timeout = std::chrono::milliseconds(300);
    auto client = module_client::create_from_connection_string(text, options);
    CHECK_THROWS_WITH(client.open(), Catch::Contains("Connection refused"));
}

// With an empty label, which no resolver asks anybody for.
TEST_CASE("a name that does not exist is no network") {
    status_texts statuses;
    auto client = module_client::create_from_connection_string(
        std::string("HostName=no..host;DeviceId=d;ModuleId=m;SharedAccessKey=") + test_key);
    statuses.watch(client);
    const auto opening = client.open_async();
    CHECK(statuses.take() == "Disconnected_Retrying/No_Network");
}

TEST_CASE("a certificate of an authority that is not trusted is refused, with the reason") {
    const tls_stub stub({[](stub_peer&) {}, [](stub_peer&) {}});
    const tls_stub other({});
    status_texts statuses;
    auto client =
        module_client::create_from_connection_string(module_string(stub), trusting(other));
    statuses.watch(client);
    CHECK_THROWS_AS(client.open(), iothub::network_error);
    CHECK(statuses.take() == "Disconnected/Communication_Error");
    CHECK_THROWS_WITH(client.open(), Catch::Contains("certificate verify failed") &&
                                         Catch::Contains("SSL_CERT_FILE"));
}

TEST_CASE("a certificate for another name is refused") {
    const tls_stub stub({[](stub_peer&) {}}, "127.0.0.2");
    auto client = module_client::create_from_connection_string(module_string(stub, "127.0.0.2"),
                                                               trusting(stub));
    CHECK_THROWS_WITH(client.open(), Catch::Contains("IP address mismatch"));
}

TEST_CASE("a client certificate stands for the password") {
    stub_hub hub;
    inbox<std::string> subjects;
    tls_stub stub({[&](stub_peer& peer) {
        subjects.put(peer.client_subject());
        hub.script()(peer);
    }});
    auto options = trusting(stub);
    options.private_key_pem = iothub::net::create_private_key();
    options.certificate_pem = *iothub::net::create_ca_certificate(
        options.private_key_pem,
        std::chrono::time_point_cast<iothub::ticks>(std::chrono::system_clock::now()));
    auto client = module_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(stub.port()) + ";DeviceId=d;ModuleId=m;x509=true",
        options);
    client.open();
    CHECK_FALSE(subjects.take().empty());
    constexpr unsigned user_without_password = 0x80;
    CHECK(static_cast<unsigned char>(hub.connected.take().body.at(7)) == user_without_password);
}

TEST_CASE("a module's client refuses a device's connection string, and options that cannot be") {
    CHECK_THROWS_AS(
        module_client::create_from_connection_string("HostName=h;DeviceId=d;SharedAccessKey=MDEy"),
        iothub::argument_invalid);
    CHECK_THROWS_AS(module_client::create_from_connection_string("rubbish"),
                    iothub::argument_invalid);
    iothub::client_options options;
    options.keep_alive = std::chrono::seconds(4);
    CHECK_THROWS_AS(module_client::create_from_connection_string(
                        "HostName=h;DeviceId=d;ModuleId=m;SharedAccessKey=MDEy", options),
                    iothub::argument_invalid);
}
