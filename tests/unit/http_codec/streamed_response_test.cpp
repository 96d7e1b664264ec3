#include "emulator/http_codec/streamed_response.hpp"

#include "support/catch.hpp"
#include "support/fake_stream.hpp"

#include <boost/asio/io_context.hpp>

#include <deque>

using namespace iothub;
using namespace iothub::http_codec;

namespace {

struct connection {
    boost::asio::io_context loop;
    std::shared_ptr<test::fake_stream> stream = std::make_shared<test::fake_stream>();
    std::deque<std::string> pieces;
    bool over = false;
    int asked = 0;
    std::shared_ptr<streamed_response> body = std::make_shared<streamed_response>(
        loop.get_executor(), stream, [this] { return next(); }, std::chrono::milliseconds(1));

    ~connection() { stream->finish(); }

    std::optional<std::string> next() {
        ++asked;
        if (pieces.empty()) {
            return over ? std::nullopt : std::optional(std::string());
        }
        std::string piece = std::move(pieces.front());
        pieces.pop_front();
        return piece;
    }
    void start(const std::string& method = "GET", bool version_1_1 = true) {
        request asked_for;
        asked_for.method = method;
        asked_for.version_1_1 = version_1_1;
        body->start(asked_for, {200, {{"Name", "value"}}, {}});
    }
    std::string sent() {
        loop.restart();
        loop.poll();
        return stream->take_sent();
    }
};

const std::string head = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

} // namespace

TEST_CASE("streamed response: head, chunks as they come, and an end") {
    connection c;
    c.pieces = {"abc"};
    c.start();
    CHECK(c.sent() == head + "Transfer-Encoding: chunked\r\nName: value\r\n\r\n3\r\nabc\r\n");
    c.body->wake();
    CHECK(c.sent().empty());
    c.pieces = {std::string(17, 'x'), "y"};
    c.body->wake();
    CHECK(c.sent() == "11\r\nxxxxxxxxxxxxxxxxx\r\n1\r\ny\r\n");
    c.over = true;
    c.body->wake();
    CHECK(c.sent() == "0\r\n\r\n");
    CHECK(c.stream->ended());
    CHECK(c.body->ended());
}

TEST_CASE("streamed response: as it is for a client of HTTP/1.0, and none for HEAD") {
    connection old;
    old.pieces = {"abc"};
    old.start("GET", false);
    CHECK(old.sent() == head + "Name: value\r\n\r\nabc");
    old.over = true;
    old.body->wake();
    CHECK(old.sent().empty());
    CHECK(old.stream->ended());

    connection curious;
    curious.pieces = {"abc"};
    curious.start("HEAD");
    CHECK(curious.sent().ends_with("\r\n\r\n"));
    CHECK(curious.asked == 0);
    CHECK(curious.stream->ended());
}

TEST_CASE("streamed response: one piece at a time for a client that is slow") {
    connection c;
    c.start();
    c.stream->stop_taking();
    c.pieces = {"1", "2", "3"};
    c.body->wake();
    c.body->wake();
    static_cast<void>(c.sent());
    CHECK(c.pieces.size() == 2);
    c.stream->take_again();
    CHECK(c.sent().ends_with("1\r\n1\r\n1\r\n2\r\n1\r\n3\r\n"));
}

TEST_CASE("streamed response: a client that takes nothing is dropped") {
    connection c;
    c.start();
    c.stream->stop_taking();
    c.pieces = {"1"};
    c.body->wake();
    c.loop.restart();
    c.loop.run(); // until no timer is left
    CHECK(c.stream->aborted());
    CHECK(c.stream->end_reason() == "the client does not read what it is sent");
}

TEST_CASE("streamed response: nothing is asked or sent after the connection's end") {
    connection c;
    c.start();
    static_cast<void>(c.sent());
    c.stream->finish();
    CHECK(c.body->ended());
    const int asked = c.asked;
    c.pieces = {"1"};
    c.body->wake();
    CHECK(c.sent().empty());
    CHECK(c.asked == asked);
}

TEST_CASE("streamed response: a long backlog leaves the loop to others between its pieces") {
    connection c;
    c.pieces = {"1", "2", "3"};
    c.start();
    CHECK(c.pieces.size() == 2);
    c.loop.restart();
    c.loop.poll_one();
    CHECK(c.pieces.size() == 1);
}
