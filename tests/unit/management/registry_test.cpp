#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using test::managed_hub;

TEST_CASE("registry: exported as a whole or of one device") {
    managed_hub h;
    CHECK(h.get("/api/registry").body == R"({"devices":["of "]})");
    CHECK(h.get("/api/registry?device=d").body == R"({"devices":["of d"]})");
    CHECK(h.get("/api/registry?device=unknown").status == 404);
}

TEST_CASE("registry: exported in pages") {
    managed_hub h;
    CHECK(h.get("/api/registry?limit=10").body == "10 after ''");
    CHECK(h.get("/api/registry?limit=1000&after=d%27").body == "1000 after 'd''");
    for (const char* wrong : {"limit=0", "limit=1001", "limit=x", "after=d", "limit=1&device=d"}) {
        CHECK(h.get(std::string("/api/registry?") + wrong).status == 400);
    }
}

TEST_CASE("registry: imported, or refused with the place of the mistake") {
    managed_hub h;
    const std::string large = R"({"devices":[")" + std::string(2 << 20, 'x') + R"("]})";
    CHECK(h.ask("POST", "/api/registry", large).status == 204);
    CHECK(h.done == std::vector<std::string>{large});
    const auto refused = h.ask("POST", "/api/registry", "");
    CHECK(refused.status == 400);
    CHECK(refused.error() == "\"devices[0]\" is wrong");
}

TEST_CASE("reset: to one of two states") {
    managed_hub h;
    CHECK(h.ask("POST", "/api/reset?to=empty").status == 204);
    CHECK(h.ask("POST", "/api/reset?to=seed").status == 204);
    CHECK(h.done == std::vector<std::string>{"to empty", "to seed"});
    CHECK(h.ask("POST", "/api/reset").status == 400);
    CHECK(h.ask("POST", "/api/reset?to=what").status == 400);
    CHECK(h.ask("GET", "/api/reset?to=empty").status == 405);
    CHECK(h.done.size() == 2);
}

TEST_CASE("certificate authorities: registered, shown, forgotten") {
    managed_hub h;
    CHECK(h.ask("PUT", "/api/certificate-authorities?name=n", "CA one").status == 201);
    CHECK(h.ask("PUT", "/api/certificate-authorities?name=n", "CA two").status == 200);
    CHECK(h.get("/api/certificate-authorities").body ==
          R"({"certificateAuthorities":[{"name":"n","subject":"CN=two","thumbprint":"0A1B",)"
          R"("notAfter":"2030-03-17T17:46:40Z"}]})");
    CHECK(h.ask("PUT", "/api/certificate-authorities?name=o", "nonsense").status == 400);
    CHECK(h.ask("PUT", "/api/certificate-authorities", "CA one").status == 400);
    CHECK(h.ask("DELETE", "/api/certificate-authorities?name=n").status == 204);
    CHECK(h.ask("DELETE", "/api/certificate-authorities?name=n").status == 404);
    CHECK(h.get("/api/certificate-authorities").body == R"({"certificateAuthorities":[]})");
}
