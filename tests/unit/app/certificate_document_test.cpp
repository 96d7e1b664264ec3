// `certificateAuthorities` of a configuration file, and what a hub makes of it.
#include "emulator/app/certificate_document.hpp"

#include <fstream>

#include "common/json.hpp"
#include "emulator/app/certificate_verifier.hpp"
#include "emulator/app/config_file.hpp"
#include "support/catch.hpp"
#include "support/client_certificates.hpp"
#include "support/memory_hub.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;

namespace {

const timestamp today = *parse_iso_8601("2030-05-17T12:00:00Z");

std::string new_ca(const char* name) {
    return test::self_signed(test::wish_for_ca(name, today)).certificate_pem;
}

struct hub_with_certificates {
    test::manual_clock clock;
    test::fixed_ids ids;
    test::recording_log log;
    storage::memory_store store;
    core::hub hub{store, clock, ids, log, settings()};

    static core::hub_settings settings() {
        core::hub_settings wanted;
        wanted.certificates = &app::openssl_certificates();
        return wanted;
    }
};

// What apply_config_file says of a file in a folder of its own; empty where it is content.
struct config {
    test::temporary_folder folder;
    app::options options;

    std::string apply(const json& authorities) {
        std::ofstream(folder / "hub.json") << json{{"certificateAuthorities", authorities}}.dump();
        const auto applied = app::apply_config_file(folder / "hub.json", options);
        if (applied) {
            return "";
        }
        const std::string place = (folder / "hub.json").string() + ": ";
        CHECK(applied.error().message.starts_with(place));
        return applied.error().message.substr(place.size());
    }
};

json element(const char* key, const std::string& value) {
    return {{"name", "factory"}, {key, value}};
}

} // namespace

TEST_CASE("config: an authority's certificate stands in a file beside, elsewhere or inside") {
    config c;
    const std::string pem = new_ca("factory");
    const test::temporary_folder elsewhere;
    std::ofstream(c.folder / "ca.pem") << "some words\n" << pem;
    std::ofstream(elsewhere / "ca.pem") << pem;
    const std::vector<json> ways{element("file", "ca.pem"),
                                 element("file", (elsewhere / "ca.pem").string()),
                                 element("certificate", pem)};
    const std::size_t way = GENERATE(range(0, 3));
    REQUIRE(c.apply(json::array({ways[way]})) == "");
    REQUIRE(c.options.seed.authorities.size() == 1);
    CHECK(c.options.seed.authorities[0].name == "factory");
    CHECK(c.options.seed.authorities[0].pem == pem);
}

TEST_CASE("config: a mistake in an authority is told with its place") {
    config c;
    const std::string pem = new_ca("factory");
    const json good = {{"name", "good"}, {"certificate", pem}};
    const std::string leaf = test::self_signed(test::wish_for("d1", today)).certificate_pem;
    const auto [bad, rule] = GENERATE_COPY(table<json, std::string>({
        {json{{"certificate", pem}}, R"([1].name" is missing)"},
        {json{{"name", "a b"}, {"certificate", pem}}, R"([1].name" must be 1 to 64 characters)"},
        {good, R"([1].name" is the name of an earlier)"},
        {json{{"name", "factory"}}, R"([1].file" is missing, and "certificate" too)"},
        {json{{"name", "factory"}, {"file", "a"}, {"certificate", pem}},
         R"([1].file" does not go)"},
        {element("certificate", "rubbish"), R"([1].certificate" cannot be used: no certificate)"},
        {element("certificate", leaf), R"([1].certificate" cannot be used: it is not the cert)"},
        {element("file", "none.pem"), R"([1].file" names )"},
        {element("file", "."), R"([1].file" cannot be used: )"},
        {element("certificat", pem), R"([1].certificat"; did you mean "certificate"?)"},
        {json("ca.pem"), R"([1]" must be a JSON object)"},
    }));
    CHECK_THAT(c.apply(json::array({good, bad})),
               Catch::Contains("\"certificateAuthorities" + rule));
}

TEST_CASE("config: the authorities are a list of at most 25") {
    config c;
    CHECK_THAT(c.apply(json::object()), Catch::Contains("must be a JSON array"));
    CHECK_THAT(c.apply(json(std::vector<int>(26))), Catch::Contains("at most 25"));
    CHECK(c.apply(json::array()) == "");
}

TEST_CASE("seed: authorities become what the configuration says, as often as it is read") {
    hub_with_certificates bench;
    const std::string first = new_ca("one");
    const std::string second = new_ca("two");
    app::seed wanted;
    wanted.authorities = {{"factory", {}, first}};
    app::apply_seed(bench.hub, wanted);
    app::apply_seed(bench.hub, wanted);
    CHECK(bench.hub.authorities().certificates() == std::vector<std::string>{first});
    wanted.authorities[0].pem = second;
    app::apply_seed(bench.hub, wanted);
    const auto known = bench.hub.authorities().list();
    REQUIRE(known.size() == 1);
    CHECK(known[0].name == "factory");
    CHECK(known[0].certificate.facts.subject == "CN=two");
}

TEST_CASE("seed: authorities that are registered otherwise stay") {
    hub_with_certificates bench;
    REQUIRE(bench.hub.authorities().put("mine", new_ca("mine")));
    app::seed wanted;
    wanted.authorities = {{"factory", {}, new_ca("factory")}};
    app::apply_seed(bench.hub, wanted);
    CHECK(bench.hub.authorities().list().size() == 2);
}
