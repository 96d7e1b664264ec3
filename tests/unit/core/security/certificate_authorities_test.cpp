// The certificate authorities that a hub knows.
#include "emulator/core/security/certificate_authorities.hpp"

#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/fake_certificates.hpp"

namespace iothub::core {

namespace {

struct world {
    storage::memory_store store;
    test::fake_certificates verifier;
    certificate_authorities authorities{store, verifier};
};

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("an authority is kept under its name, the certificate alone", "[security]") {
    world w;
    CHECK(w.authorities.put("b", "CA one\nprivate key").value());
    CHECK(w.authorities.put("a", "CA two").value());
    CHECK(w.authorities.certificates() == texts{"CA two", "CA one"});
    const auto all = w.authorities.list();
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "a");
    CHECK(all[0].certificate.facts.subject == "CN=CA two");
    CHECK(w.store.find_record("certificate-authority/b") == "CA one");
}

TEST_CASE("an authority is replaced by one of the same name", "[security]") {
    world w;
    CHECK(w.authorities.put("a", "CA one").value());
    CHECK_FALSE(w.authorities.put("a", "CA two").value());
    CHECK(w.authorities.certificates() == texts{"CA two"});
}

TEST_CASE("an authority is forgotten once", "[security]") {
    world w;
    REQUIRE(w.authorities.put("a", "CA one"));
    CHECK(w.authorities.remove("a"));
    CHECK(w.authorities.certificates().empty());
    CHECK(w.authorities.remove("a").error().code == errc::generic_not_found);
}

TEST_CASE("other settings are no authorities, nor can they be removed as such", "[security]") {
    world w;
    w.store.put_record("certificate-authority", "CA one");
    w.store.put_record("certificate-authoritz/x", "CA one");
    CHECK(w.authorities.list().empty());
    CHECK_FALSE(w.authorities.remove(""));
    CHECK(w.store.find_record("certificate-authority"));
}

TEST_CASE("a name has 1 to 64 plain characters", "[security]") {
    world w;
    for (const std::string& name :
         {std::string("a"), std::string("A-1_b.c"), std::string(64, 'x')}) {
        CHECK(w.authorities.put(name, "CA one"));
    }
    for (const std::string& name : {std::string(), std::string("a/b"), std::string("ä"),
                                    std::string("a b"), std::string(65, 'x')}) {
        const auto refused = w.authorities.put(name, "CA one");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::argument_invalid);
    }
}

TEST_CASE("what is no certificate of a CA is refused with the reason", "[security]") {
    world w;
    const auto refused = w.authorities.put("a", "leaf");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message == "The certificate cannot be used: not a CA");
    CHECK(w.authorities.list().empty());
}

TEST_CASE("a hub has at most 25 authorities", "[security]") {
    world w;
    for (int i = 0; i < 25; ++i) {
        REQUIRE(w.authorities.put("ca-" + std::to_string(i), "CA one"));
    }
    CHECK(w.authorities.put("one more", "CA one").error().code == errc::argument_invalid);
    CHECK(w.authorities.put("one-more", "CA one").error().code == errc::quota_exceeded);
    CHECK_FALSE(w.authorities.put("ca-7", "CA two").value());
}

TEST_CASE("a damaged setting is a fault of the store", "[security]") {
    world w;
    w.store.put_record("certificate-authority/a", "rubbish");
    CHECK_THROWS_AS(w.authorities.list(), store_fault);
}

} // namespace iothub::core
