// Streams that are cut, changed, or dropped at any byte: the hub ends them in its own time, keeps
// nothing of them, and serves the next.

#include <random>

#include "raw_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

bool serves(world& w) {
    raw_peer p(w);
    p.send_each(device_conversation());
    return p.ended() && p.reason() == "the peer said goodbye" && p.count("18") == 1;
}

// In one byte; which, and how, is chosen by the generator.
std::string changed(std::string frame, std::mt19937& any) {
    const auto place = any() % frame.size();
    switch (any() % 4) {
    case 0:
        frame[place] = static_cast<char>(any());
        break;
    case 1:
        frame[place] = static_cast<char>(frame[place] ^ (1 << any() % 8));
        break;
    case 2:
        frame.insert(place, 1, static_cast<char>(any()));
        break;
    default:
        frame.erase(place, 1);
        break;
    }
    return frame;
}

// The frame's size is made to fit, so that what was changed is looked at.
std::string with_size(std::string frame) {
    if (!frame.starts_with("AMQP") && frame.size() >= 8) {
        frame.replace(0, 4, amqp_bytes::number_32(static_cast<std::uint32_t>(frame.size())));
    }
    return frame;
}

void play(world& w, const std::vector<std::string>& frames) {
    raw_peer p(w);
    for (const std::string& one : frames) {
        if (p.ended()) {
            return;
        }
        p.send(one);
    }
}

} // namespace

TEST_CASE("the conversation that the streams are made of succeeds") {
    world w;
    CHECK(serves(w));
    CHECK(w.events("dev1").size() == 2);
    CHECK(w.hub.twins().get(device).value().reported.values->dump() == R"({"a":1})");
}

TEST_CASE("a stream that ends at any byte leaves nothing") {
    world w;
    const auto frames = device_conversation();
    for (std::size_t whole = 0; whole < frames.size(); ++whole) {
        for (std::size_t size = 0; size < frames[whole].size(); ++size) {
            raw_peer p(w);
            for (std::size_t i = 0; i < whole; ++i) {
                p.send(frames[i]);
            }
            p.send(std::string_view(frames[whole]).substr(0, size));
            CHECK_FALSE(p.ended());
        }
        CHECK(w.hub.sessions().size() == 0);
    }
    CHECK(serves(w));
}

TEST_CASE("a stream may come byte by byte") {
    world w;
    raw_peer p(w);
    for (const char one : joined(device_conversation())) {
        p.send(std::string_view(&one, 1));
    }
    CHECK(p.reason() == "the peer said goodbye");
}

TEST_CASE("a thousand connections may be dropped in their handshakes") {
    world w;
    const auto frames = device_conversation();
    for (std::size_t i = 0; i < 1000; ++i) {
        raw_peer p(w);
        p.send(i % 3 == 0 ? protocol_header(3) : protocol_header(0));
        if (i % 3 == 1) {
            p.send(frames[1].substr(0, i % frames[1].size()));
        }
    }
    CHECK(serves(w));
}

TEST_CASE("frames that are changed in any way do no harm") {
    static constexpr int enough = 20'000;
    world w;
    std::mt19937 any(7); // NOLINT: the same each time
    const auto frames = device_conversation();
    for (int i = 0; i < enough; ++i) {
        auto script = frames;
        for (auto times = any() % 2 + 1; times > 0; --times) {
            std::string& one = script[any() % script.size()];
            const std::string made = changed(one, any);
            one = any() % 4 == 0 ? made : with_size(made);
        }
        play(w, script);
    }
    CHECK(w.hub.sessions().size() == 0);
    CHECK(serves(w));
}

TEST_CASE("frames in any order do no harm") {
    static constexpr int enough = 5'000;
    world w;
    std::mt19937 any(11); // NOLINT: the same each time
    const auto frames = device_conversation();
    for (int i = 0; i < enough; ++i) {
        std::vector<std::string> script(frames.begin(), frames.begin() + 8);
        for (auto times = any() % 20; times > 0; --times) {
            script.push_back(frames[2 + any() % (frames.size() - 3)]);
        }
        play(w, script);
    }
    CHECK(w.hub.sessions().size() == 0);
    CHECK(serves(w));
}
