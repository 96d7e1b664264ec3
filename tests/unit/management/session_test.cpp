#include "emulator/management/session.hpp"

#include "support/catch.hpp"
#include "support/fake_stream.hpp"
#include "unit/management/hub_fixture.hpp"

#include <boost/asio/io_context.hpp>

using namespace iothub;

TEST_CASE("management session: answers at once, in order, and keeps the connection") {
    test::managed_hub h;
    boost::asio::io_context loop;
    const auto stream = std::make_shared<test::fake_stream>();
    management::serve(std::make_shared<management::surroundings>(h.around), loop.get_executor(),
                      stream);
    stream->deliver("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    "HEAD /ready HTTP/1.1\r\nHost: evil.example\r\n\r\n"
                    "GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string sent = stream->take_sent();
    CHECK(sent.starts_with("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n"));
    CHECK(sent.find("HTTP/1.1 403 Forbidden") != std::string::npos);
    CHECK(sent.find("\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\n") != std::string::npos);
    CHECK(sent.ends_with(R"({"status":"ready"})"));
    CHECK_FALSE(stream->ended());
    stream->finish();
}

TEST_CASE("management session: garbage is answered, logged, and the end") {
    test::managed_hub h;
    boost::asio::io_context loop;
    const auto stream = std::make_shared<test::fake_stream>();
    management::serve(std::make_shared<management::surroundings>(h.around), loop.get_executor(),
                      stream);
    stream->deliver("nonsense\r\n");
    CHECK(stream->take_sent().starts_with("HTTP/1.1 400 Bad Request\r\n"));
    CHECK(stream->ended());
    CHECK(h.journal.mentions("400"));
    stream->finish();
}
