// Devices that are known by the certificate of their TLS (device protocol §2.1, §2.3; row R02):
// they put no token, with SASL or without.

#include "peer.hpp"
#include "raw_peer.hpp"
#include "support/catch.hpp"
#include "support/fake_certificates.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;
using namespace std::chrono_literals;

namespace {

const identity_key by_thumbprint{"thumb", ""};
const identity_key by_authority{"d-ca", ""};
const std::string leaf = "a leaf";
const std::string signed_leaf = "a leaf by CA one";
const std::string telemetry = "/devices/thumb/messages/events";

struct certificate_world {
    certificate_world()
        : w(settings()) {
        add(by_thumbprint, core::authentication_type::self_signed);
        add(by_authority, core::authentication_type::certificate_authority);
        certificates[leaf] = facts("anybody", 'A');
        certificates[signed_leaf] = facts("d-ca", 'B');
        REQUIRE(w.hub.authorities().put("one", "CA one"));
        w.hub.end_turn();
    }

    core::hub_settings settings() {
        core::hub_settings made;
        made.certificates = &certificates;
        return made;
    }
    void add(const identity_key& key, core::authentication_type how) {
        core::identity id = make_identity(key);
        id.authentication = {};
        id.authentication.type = how;
        if (how == core::authentication_type::self_signed) {
            id.authentication.primary_thumbprint = std::string(40, 'A');
        }
        w.kept.put_identity(id);
        w.kept.put_twin(core::make_twin(key, w.clock.now()));
    }
    certificate_facts facts(const std::string& name, char digit) {
        return {"CN=" + name,
                {name},
                std::string(40, digit),
                std::string(64, digit),
                w.clock.now() - 1h,
                w.clock.now() + 1h,
                true};
    }

    fake_certificates certificates;
    world w;
};

net::peer with(const std::string& certificate) {
    return {"127.0.0.1:50000", {certificate}};
}

// Its end, after the time that a detach waits.
std::string end_of(peer& p, peer_link& which) {
    p.wait(20ms);
    return which.ended ? which.ended->condition : "";
}

} // namespace

TEST_CASE("a device with a certificate needs no token") {
    certificate_world c;
    peer p(c.w, with(leaf));
    SECTION("without SASL, as .NET, Node and Java") {
        p.open();
    }
    SECTION("with ANONYMOUS") {
        REQUIRE(p.open_with_sasl("ANONYMOUS"));
    }
    peer_link& out = p.sender(telemetry);
    REQUIRE(out.attached);
    CHECK(c.w.hub.sessions().find(by_thumbprint) != nullptr);
    CHECK(out.sent[p.send(out, text_message("a"))].state == "accepted");
    REQUIRE(c.w.events("thumb").size() == 1);
    CHECK(c.w.events("thumb")[0].auth_method.find("x509") != std::string::npos);
}

TEST_CASE("a device with a certificate comes in with EXTERNAL") {
    certificate_world c;
    raw_peer p(c.w, with(leaf));
    const std::string response = GENERATE("", "thumb");
    p.send(protocol_header(3) +
           frame_of(1, 0, performative("41", {sym("EXTERNAL"), bin(response)})));
    CHECK(p.heard().find(hex("00 53 44 c0 03 01 50 00")) != std::string::npos);
    p.send(protocol_header(0) + open_frame() + begin_frame());
    p.send(attach_frame(0, "telemetry", false, telemetry));
    p.send(transfer_frame(0, 0, data_section("a")));
    CHECK_FALSE(p.ended());
    CHECK(c.w.events("thumb").size() == 1);
}

TEST_CASE("a certificate that an authority has signed speaks for the device it names") {
    certificate_world c;
    peer p(c.w, with(signed_leaf));
    p.open();
    CHECK(p.receiver("/devices/d-ca/messages/devicebound").attached);
    CHECK(p.sender("/devices/d-ca/twin").attached);
    CHECK(end_of(p, p.sender(telemetry)) == "amqp:unauthorized-access");
}

TEST_CASE("a certificate speaks for nobody else") {
    certificate_world c;
    peer p(c.w, with(leaf));
    p.open();
    const std::string address =
        GENERATE("/devices/d-ca/messages/events", "/devices/dev1/messages/events",
                 "/devices/x509/messages/events", "/messages/devicebound");
    CHECK(end_of(p, p.sender(address)) == "amqp:unauthorized-access");
    CHECK(c.w.hub.sessions().size() == 0);
}

TEST_CASE("a certificate and tokens may serve on one connection") {
    certificate_world c;
    peer p(c.w, with(leaf));
    p.open();
    CHECK(p.put_token(token_of(device)) == 200);
    CHECK(p.sender("/devices/dev1/messages/events").attached);
    CHECK(p.sender(telemetry).attached);
    CHECK(c.w.hub.sessions().size() == 2);
}

TEST_CASE("a certificate that ends takes the links with it") {
    certificate_world c;
    peer p(c.w, with(leaf));
    p.open();
    peer_link& out = p.sender(telemetry);
    REQUIRE(out.attached);
    // Not to fall silent for longer than a connection may.
    for (int i = 0; i < 31; ++i) {
        p.send(out, text_message("a"));
        p.wait(2min);
    }
    CHECK(end_of(p, out) == "amqp:unauthorized-access");
    CHECK(c.w.hub.sessions().size() == 0);
    CHECK(c.w.log.mentions("its token or certificate has expired"));
}
