#include "script.hpp"

#include <chrono>

#include "support/catch.hpp"

namespace iothub::test {

websocket_script::websocket_script(std::string behind, net::websocket_limits limits)
    : stream(net::accept_websocket(loop.get_executor(), below,
                                   {websocket::key, "mqtt", std::move(behind), "a server"},
                                   limits)) {
    call([this](net::byte_stream& s) { s.start(sink); });
    settle();
    response = below->take_sent();
}

websocket_script::~websocket_script() {
    finish();
    CHECK(sink->reentrances == 0);
    CHECK(sink->ends.size() == 1);
}

std::string websocket_script::receive(std::string_view bytes) {
    below->deliver(bytes);
    settle();
    return std::exchange(sink->text, {});
}

std::vector<websocket::received_frame> websocket_script::sent() {
    return websocket::frames_of(below->take_sent());
}

void websocket_script::call(const std::function<void(net::byte_stream&)>& what) {
    sink->in_call = true;
    what(*stream);
    sink->in_call = false;
}

void websocket_script::settle() {
    loop.restart();
    loop.poll();
}

bool websocket_script::run_until(const std::function<bool()>& condition) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition() && std::chrono::steady_clock::now() < give_up) {
        loop.restart();
        loop.run_one_for(std::chrono::milliseconds(100));
    }
    return condition();
}

void websocket_script::finish(std::string_view reason) {
    below->finish(reason);
    settle();
}

} // namespace iothub::test
