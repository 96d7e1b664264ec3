#include "emulator/http_codec/server_session.hpp"

#include "support/catch.hpp"
#include "support/fake_stream.hpp"

#include <boost/asio/io_context.hpp>

#include <vector>

using namespace iothub;
using namespace iothub::http_codec;

namespace {

// Keeps its exchanges until the test replies; what was replied leaves when the test says so.
class test_session final : public server_session {
public:
    using server_session::hand_over;
    using server_session::release_replies;
    using server_session::replace_replies;
    using server_session::server_session;

    std::vector<std::shared_ptr<exchange>> asked;
    int hand_overs = 0;

private:
    void handle(std::shared_ptr<exchange> x) override {
        asked.push_back(std::move(x));
        if (asked.back()->asked().target == "/upgrade") {
            hand_over([this](std::shared_ptr<net::byte_stream> stream, std::string behind) {
                ++hand_overs;
                stream->send("[" + behind + "]");
            });
        }
    }
    response refuse(const refusal& why) override { return {why.status, {}, {}}; }
    void replies_wait() override {}
};

struct connection {
    boost::asio::io_context loop;
    std::shared_ptr<test::fake_stream> stream = std::make_shared<test::fake_stream>();
    std::shared_ptr<test_session> session;

    explicit connection(session_limits limits = {})
        : session(std::make_shared<test_session>(loop.get_executor(), stream, limits)) {
        session->start();
    }
    ~connection() { stream->finish(); }

    void ask(int number) {
        stream->deliver("GET /" + std::to_string(number) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    void release() {
        session->release_replies();
        loop.poll();
        loop.restart();
    }
    // The bodies of all responses so far; each is one letter.
    std::string bodies() {
        const std::string bytes = stream->take_sent();
        std::string letters;
        for (auto end = bytes.find("\r\n\r\n"); end != bytes.npos;
             end = bytes.find("\r\n\r\n", end + 1)) {
            letters += end + 4 < bytes.size() ? bytes[end + 4] : '-';
        }
        return letters;
    }
};

response letter(char c) {
    return {200, {}, std::string(1, c)};
}

} // namespace

TEST_CASE("server session: responses leave in the order of the requests") {
    connection c;
    c.ask(1);
    c.ask(2);
    c.ask(3);
    REQUIRE(c.session->asked.size() == 3);
    c.session->asked[2]->reply(letter('c'));
    c.session->asked[1]->reply(letter('b'));
    c.release();
    CHECK(c.bodies().empty());
    c.session->asked[0]->reply(letter('a'));
    CHECK(c.bodies().empty());
    c.release();
    CHECK(c.bodies() == "abc");
}

TEST_CASE("server session: only the first reply counts, and none after the end") {
    connection c;
    c.ask(1);
    c.session->asked[0]->reply(letter('a'));
    c.session->asked[0]->reply(letter('x'));
    c.release();
    CHECK(c.bodies() == "a");
    c.ask(2);
    const auto late = c.session->asked[1];
    c.stream->finish();
    c.session.reset();
    CHECK(late->abandoned());
    late->reply(letter('y'));
    CHECK(c.bodies().empty());
}

TEST_CASE("server session: only what was not released can be taken back") {
    connection c;
    c.ask(1);
    c.ask(2);
    c.session->asked[1]->reply(letter('b'));
    c.release(); // kept, but it waits for the first
    c.session->asked[0]->reply(letter('a'));
    c.session->replace_replies([] { return letter('!'); });
    CHECK(c.bodies() == "!b");
}

TEST_CASE("server session: takes 16 requests at once, and the next ones when there is room") {
    connection c;
    for (int i = 1; i <= 16; ++i) {
        CHECK_FALSE(c.stream->paused());
        c.ask(i);
    }
    CHECK(c.stream->paused());
    c.ask(17); // was on its way already
    CHECK(c.session->asked.size() == 16);
    c.session->asked[0]->reply(letter('a'));
    c.release();
    CHECK(c.bodies() == "a");
    CHECK(c.session->asked.size() == 17);
    CHECK(c.stream->paused());
    c.session->asked[1]->reply(letter('b'));
    c.release();
    CHECK_FALSE(c.stream->paused());
}

TEST_CASE("server session: a peer that does not read is asked nothing more") {
    connection c;
    c.stream->stop_taking();
    c.ask(1);
    c.session->asked[0]->reply({200, {}, std::string(300 * 1024, 'x')});
    c.release();
    CHECK(c.stream->paused());
    c.ask(2);
    CHECK(c.session->asked.size() == 1);
    c.stream->take_again();
    CHECK(c.session->asked.size() == 2);
    CHECK_FALSE(c.stream->paused());
}

TEST_CASE("server session: large replies that wait for an earlier one hold the peer back") {
    connection c;
    c.ask(1);
    c.ask(2);
    c.session->asked[1]->reply({200, {}, std::string(300 * 1024, 'x')});
    c.ask(3);
    CHECK(c.session->asked.size() == 2);
    CHECK(c.stream->paused());
    c.session->asked[0]->reply(letter('a'));
    c.release();
    CHECK(c.session->asked.size() == 3);
}

TEST_CASE("server session: ends after the reply to a request that says so") {
    connection c;
    c.stream->deliver("GET /1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                      "GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(c.session->asked.size() == 1);
    CHECK_FALSE(c.stream->ended());
    c.session->asked[0]->reply(letter('a'));
    c.release();
    CHECK(c.bodies() == "a");
    CHECK(c.stream->ended());
    CHECK_FALSE(c.stream->aborted());
}

TEST_CASE("server session: ends after a reply that says so") {
    connection c;
    c.ask(1);
    response last = letter('a');
    last.close = true;
    c.session->asked[0]->reply(last);
    c.ask(2);
    c.release();
    CHECK(c.session->asked.size() == 1);
    CHECK(c.stream->take_sent().find("Connection: close") != std::string::npos);
    CHECK(c.stream->ended());
}

TEST_CASE("server session: a refusal waits for the replies before it") {
    connection c;
    c.ask(1);
    c.stream->deliver("nonsense\r\n\r\n");
    c.release();
    CHECK_FALSE(c.stream->ended());
    c.session->asked[0]->reply(letter('a'));
    c.release();
    const std::string sent = c.stream->take_sent();
    CHECK(sent.find("200 OK") < sent.find("400 Bad Request"));
    CHECK(sent.find("400 Bad Request") != std::string::npos);
    CHECK(c.stream->ended());
}

TEST_CASE("server session: 100 Continue waits for the replies before it") {
    connection c;
    c.ask(1);
    c.stream->deliver(
        "PUT /2 HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    CHECK(c.stream->take_sent().empty());
    c.session->asked[0]->reply(letter('a'));
    c.release();
    const std::string sent = c.stream->take_sent();
    CHECK(sent.find("200 OK") < sent.find("100 Continue"));
    CHECK(sent.ends_with("HTTP/1.1 100 Continue\r\n\r\n"));
    c.stream->deliver("x");
    REQUIRE(c.session->asked.size() == 2);
    CHECK(c.session->asked[1]->asked().body == "x");
}

namespace {

const std::string upgrade = "GET /upgrade HTTP/1.1\r\nHost: h\r\n\r\n";

} // namespace

TEST_CASE("server session: hands the stream over with the bytes behind the request") {
    connection c;
    c.stream->deliver(upgrade + "GET nothing of HTTP");
    CHECK(c.session->hand_overs == 1);
    CHECK(c.stream->take_sent() == "[GET nothing of HTTP]");
    CHECK(c.session->asked.size() == 1);
    c.session->asked[0]->reply(letter('x'));
    c.release();
    CHECK(c.stream->take_sent().empty());
    CHECK_FALSE(c.stream->ended());
}

TEST_CASE("server session: hands the stream over when the earlier replies have left") {
    connection c;
    c.ask(1);
    c.ask(2);
    c.stream->deliver(upgrade + "be");
    CHECK(c.stream->paused());
    c.stream->deliver("hind"); // was on its way already
    c.session->asked[1]->reply(letter('b'));
    c.release();
    CHECK(c.session->hand_overs == 0);
    c.session->asked[0]->reply(letter('a'));
    CHECK(c.session->hand_overs == 0);
    c.release();
    CHECK(c.session->hand_overs == 1);
    CHECK_FALSE(c.stream->paused());
    const std::string sent = c.stream->take_sent();
    CHECK(sent.ends_with("\r\n\r\nb[behind]"));
    CHECK(sent.find("\r\n\r\na") != sent.npos);
}

TEST_CASE("server session: hands nothing over when the connection ends before") {
    connection c;
    c.ask(1);
    c.stream->deliver(upgrade);
    c.stream->finish();
    c.session->asked[0]->reply(letter('a'));
    c.release();
    CHECK(c.session->hand_overs == 0);
}

TEST_CASE("server session: hands nothing over when an earlier reply is the last") {
    connection c;
    c.ask(1);
    c.stream->deliver(upgrade);
    response last = letter('a');
    last.close = true;
    c.session->asked[0]->reply(last);
    c.release();
    CHECK(c.stream->ended());
    CHECK(c.session->hand_overs == 0);
}
