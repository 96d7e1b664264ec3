#include "emulator/management/embedded_files.hpp"

#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using Catch::Contains;

TEST_CASE("page files: the page, and what browsers are told of it") {
    test::managed_hub h;
    const auto page = h.get("/");
    CHECK(page.status == 200);
    CHECK_THAT(page.body, Contains("<script type=\"module\" src=\"/page/app.js\">"));
    CHECK_THAT(page.head,
               Contains("\r\nContent-Type: text/html; charset=utf-8\r\n") &&
                   Contains("\r\nCache-Control: no-cache\r\n") &&
                   Contains("\r\nX-Content-Type-Options: nosniff\r\n") &&
                   Contains("\r\nContent-Security-Policy: default-src 'self'; frame-ancestors "
                            "'none'; base-uri 'none'; form-action 'none'\r\n") &&
                   !Contains("no-store"));
}

TEST_CASE("page files: each kind has its type") {
    test::managed_hub h;
    CHECK_THAT(h.get("/page/app.js").head, Contains("Content-Type: text/javascript"));
    CHECK_THAT(h.get("/page/style.css").head, Contains("Content-Type: text/css"));
    CHECK_THAT(h.get("/page/favicon.svg").head, Contains("Content-Type: image/svg+xml"));
    CHECK(h.get("/page/vendor/htm-preact.js").status == 200);
}

TEST_CASE("page files: a browser that has a file is not sent it again") {
    test::managed_hub h;
    const std::string etag(management::find_embedded_file("app.js")->etag);
    const auto known = h.ask("GET", "/page/app.js", "", "If-None-Match: " + etag + "\r\n");
    CHECK(known.status == 304);
    CHECK(known.body.empty());
    CHECK_THAT(known.head, Contains("\r\nETag: " + etag + "\r\n"));
    CHECK(h.ask("GET", "/page/app.js", "", "If-None-Match: \"other\"\r\n").status == 200);
}

TEST_CASE("page files: nothing else, and nothing is changed there") {
    test::managed_hub h;
    const std::string path = GENERATE("/page/", "/page/none.js", "/page/../access.cpp", "/page",
                                      "/page/vendor/README.md", "/index.html");
    INFO(path);
    CHECK(h.get(path).status == 404);
    CHECK(h.ask("POST", "/page/app.js").status == 405);
}

TEST_CASE("page files: no script and no style stands in the page itself") {
    const std::string_view page = management::find_embedded_file("index.html")->content;
    CHECK(page.find("<style") == page.npos);
    CHECK(page.find("style=") == page.npos);
    CHECK(page.find("<script>") == page.npos);
    CHECK(page.find("://") == page.npos);
}

TEST_CASE("page files: what the program says of itself") {
    test::managed_hub h;
    CHECK(h.get("/api/about").document() == json{{"version", "1"}});
}
