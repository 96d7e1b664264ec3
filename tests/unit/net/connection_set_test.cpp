#include "emulator/net/connection_set.hpp"

#include <optional>

#include "support/catch.hpp"

namespace {

using namespace iothub::net;

// Leaves the set when it is closed or aborted, as a socket's stream does.
class recording_stream : public byte_stream {
public:
    void join(std::shared_ptr<connection_set> connections) {
        place_.emplace(std::move(connections), *this);
    }
    void start(std::shared_ptr<byte_sink>) override {}
    void send(std::string_view) override {}
    std::size_t queued() const override { return 0; }
    void pause_reading() override {}
    void resume_reading() override {}
    void close(std::string_view reason) override { end("close", reason); }
    void abort(std::string_view reason) override { end("abort", reason); }
    const peer& remote() const override { return peer_; }

    std::string heard;

private:
    void end(std::string how, std::string_view reason) {
        heard = how + " " + std::string(reason);
        place_.reset();
    }

    peer peer_;
    std::optional<membership> place_;
};

} // namespace

TEST_CASE("a connection set is full at its limit and has room when one leaves") {
    const auto connections = std::make_shared<connection_set>(2);
    const auto first = std::make_shared<recording_stream>();
    auto second = std::make_shared<recording_stream>();
    first->join(connections);
    CHECK_FALSE(connections->full());
    second->join(connections);
    CHECK(connections->full());
    second.reset();
    CHECK(connections->size() == 1);
    CHECK_FALSE(connections->full());
}

TEST_CASE("all members of a connection set are closed or aborted, though they leave meanwhile") {
    const auto connections = std::make_shared<connection_set>();
    const auto first = std::make_shared<recording_stream>();
    const auto second = std::make_shared<recording_stream>();
    first->join(connections);
    second->join(connections);
    connections->close_all("bye");
    CHECK(first->heard == "close bye");
    CHECK(second->heard == "close bye");
    CHECK(connections->size() == 0);

    first->join(connections);
    connections->abort_all("now");
    CHECK(first->heard == "abort now");
    CHECK(second->heard == "close bye");
}
