#include "rest_world.hpp"

#include "support/catch.hpp"

#include <set>

#include "common/letter_case.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("connection: stays open from request to request") {
    rest_world w;
    for (int i = 0; i < 100; ++i) {
        CHECK(w.ask("GET", "/devices").status == 200);
    }
    CHECK_FALSE(w.stream->ended());
    CHECK(w.hub.count().requests == 100);
    CHECK(w.hub.count().failed_requests == 0);
}

TEST_CASE("connection: an error in a request does not end it") {
    rest_world w;
    CHECK(w.ask("GET", "/devices/x").status == 404);
    CHECK(w.ask("PUT", "/devices/d", "nonsense").status == 400);
    CHECK(w.ask("GET", "/devices").status == 200);
    CHECK(w.hub.count().failed_requests == 2);
}

TEST_CASE("connection: ends when the client wishes, with the answer") {
    rest_world w;
    const answer last = w.ask("GET", "/devices", {}, "Connection: close\r\n");
    CHECK(last.status == 200);
    CHECK(last.header("Connection") == "close");
    CHECK(w.stream->ended());
    CHECK_FALSE(w.stream->aborted());
}

TEST_CASE("connection: no page of a browser is allowed to read an answer") {
    rest_world w;
    const std::string origin = GENERATE("", "Origin: https://localhost\r\n",
                                        "Origin: https://evil.example\r\n", "Origin: null\r\n");
    const std::string wish = "Access-Control-Request-Method: PUT\r\n";
    for (const char* const method : {"GET", "OPTIONS"}) {
        const std::string answered =
            w.exchange(rest_world::request(method, "/devices", {}, origin + wish));
        CHECK(read_answers(answered).size() == 1);
        CHECK(lower_case(answered).find("access-control") == answered.npos);
    }
}

TEST_CASE("connection: each response has a request id of its own") {
    rest_world w;
    std::set<std::string> ids;
    for (int i = 0; i < 10; ++i) {
        ids.insert(w.ask("GET", "/devices").header("x-ms-request-id"));
    }
    CHECK(ids.size() == 10);
}

TEST_CASE("connection: pipelined requests see what those before them wrote, in order") {
    rest_world w;
    std::string bytes;
    for (int i = 0; i < 40; ++i) {
        const std::string path = "/devices/d" + std::to_string(i);
        bytes += rest_world::request("PUT", path, "{}") + rest_world::request("GET", path);
    }
    const auto answers = read_answers(w.exchange(bytes));
    REQUIRE(answers.size() == 80);
    for (std::size_t i = 0; i < 80; ++i) {
        REQUIRE(answers[i].status == 200);
        CHECK(answers[i].document()["deviceId"] == "d" + std::to_string(i / 2));
    }
}

TEST_CASE("connection: a script gives the same answers however it is split") {
    const std::string script = rest_world::request("PUT", "/devices/d", "{}") +
                               rest_world::request("PATCH", "/twins/d", R"({"tags":{"a":1}})") +
                               rest_world::request("GET", "/devices/x") + "nonsense\r\n\r\n";
    const auto statuses = [](std::string_view bytes) {
        std::vector<int> list;
        for (const answer& a : read_answers(bytes)) {
            list.push_back(a.status);
        }
        return list;
    };
    const std::vector<int> expected{200, 200, 404, 400};
    for (std::size_t cut = 1; cut < script.size(); cut += 7) {
        rest_world w;
        const std::string first = w.exchange(std::string_view(script).substr(0, cut));
        INFO("cut at " << cut);
        REQUIRE(statuses(first + w.exchange(std::string_view(script).substr(cut))) == expected);
    }
    rest_world w;
    std::string sent;
    for (const char byte : script) {
        sent += w.exchange({&byte, 1});
    }
    CHECK(statuses(sent) == expected);
}

TEST_CASE("connection: 100 Continue comes before the body is sent") {
    rest_world w;
    const std::string whole =
        rest_world::request("PUT", "/devices/d", R"({"deviceId":"d"})", "Expect: 100-continue\r\n");
    const std::size_t body = whole.find("\r\n\r\n") + 4;
    CHECK(w.exchange(whole.substr(0, body)) == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(read_answers(w.exchange(whole.substr(body))).at(0).status == 200);
}

TEST_CASE("connection: a chunked body") {
    rest_world w;
    const std::string head = "PUT /devices/d?api-version=2021-04-12 HTTP/1.1\r\nHost: localhost\r\n"
                             "Authorization: " +
                             token_of("iothubowner") + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    const auto answers =
        read_answers(w.exchange(head + "5\r\n{\"dev\r\nb\r\niceId\":\"d\"}\r\n0\r\n\r\n"));
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].document()["deviceId"] == "d");
}

TEST_CASE("connection: a lower-case, encoded or absolute address leads to the same place") {
    rest_world w;
    w.add("/devices/d");
    const std::string path = GENERATE("/DEVICES/d", "/devices/d/", "/devices%2Fd", "/devices/%64",
                                      "https://localhost/devices/d");
    CHECK(w.ask("GET", path).document()["deviceId"] == "d");
}

TEST_CASE("connection: 10,000 pipelined requests from a peer that does not read stay bounded") {
    rest_world w;
    w.add("/devices/d");
    const std::string one = rest_world::request("GET", "/devices/d");
    w.stream->stop_taking();
    std::size_t delivered = 0;
    std::string piece;
    while (delivered < 10'000 && !w.stream->paused()) {
        piece.clear();
        for (int i = 0; i < 100; ++i) {
            piece += one;
        }
        w.exchange(piece);
        delivered += 100;
    }
    REQUIRE(w.stream->paused());
    CHECK(delivered < 1000);
    CHECK(w.stream->queued() < 300 * 1024);
    CHECK(w.hub.count().requests < 600);

    std::size_t answered = 0;
    while (answered < 10'000) {
        w.stream->take_again();
        const std::size_t asked = std::min<std::size_t>(100, 10'000 - delivered);
        piece.clear();
        for (std::size_t i = 0; i < asked; ++i) {
            piece += one;
        }
        delivered += asked;
        const auto answers = read_answers(w.exchange(piece));
        answered += answers.size();
        REQUIRE(answers.size() > 0);
        w.stream->stop_taking();
    }
    CHECK(answered == 10'000);
}

TEST_CASE("connection: ends in the middle of a request, and nothing comes of it") {
    rest_world w;
    const std::string whole = rest_world::request("PUT", "/devices/d", R"({"deviceId":"d"})");
    for (std::size_t length = 0; length < whole.size(); length += 3) {
        w.connect();
        CHECK(w.exchange(whole.substr(0, length)).empty());
    }
    w.connect();
    CHECK(w.ask("GET", "/devices").body == "[]");
    CHECK(w.hub.count().requests == 1);
}
