// A browser that opens https://<hub>/ is led to the page.

#include "protocol/http/rest_world.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct paged_world : rest_world {
    paged_world() {
        page = "http://localhost:5380/";
        connect();
    }
    answer ask(const std::string& line) {
        return read_answers(
                   exchange(line + " HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"))
            .at(0);
    }
};

} // namespace

TEST_CASE("page address: whatever the Host says, it is the page's own") {
    paged_world w;
    const auto there = w.ask("GET /");
    CHECK(there.status == 302);
    CHECK(there.header("Location") == "http://localhost:5380/");
    CHECK(there.body.empty());
}

TEST_CASE("page address: nothing else leads there") {
    paged_world w;
    CHECK(w.ask("POST /").status == 404);
    CHECK(w.ask("GET /page/app.js").status == 404);
    CHECK(w.ask("GET /api/connection-strings").status == 404);
    CHECK(w.ask("GET /?a=b").status == 404);
}

TEST_CASE("page address: a hub without a page has nothing there") {
    rest_world w;
    CHECK(read_answers(w.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).at(0).status == 404);
}
