#include "fuzz/conversations/rest_connection.hpp"

#include "emulator/http/session.hpp"
#include "fuzz/fuzzing.hpp"

namespace iothub::fuzz {

namespace {

std::string make_owner_token() {
    const core::access_policy owner = core::published_policies().front();
    require(owner.name == "iothubowner", "the first policy is the owner's");
    const timestamp expiry = test::manual_clock().now() + std::chrono::hours(1);
    return make_sas_token("localhost", owner.primary_key, expiry, owner.name).value();
}

} // namespace

const std::string& owner_token() {
    static const std::string made = make_owner_token();
    return made;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
    return text;
}

rest_connection::rest_connection() {
    std::make_shared<http::session>(world_.hub, loop_.get_executor(), stream_)->start();
}

rest_connection::~rest_connection() {
    stream_->finish();
    settle();
}

void rest_connection::send(std::string_view bytes) {
    stream_->deliver(bytes);
    settle();
}

// Time stands still: what is due at once is done.
void rest_connection::settle() {
    static constexpr int enough = 1'000;
    const auto due = [this] {
        const auto next = world_.hub.next_deadline();
        return next && *next <= world_.clock.now();
    };
    int turns = 0;
    do {
        require(++turns < enough, "the hub comes to rest");
        if (due()) {
            world_.hub.advance();
        }
        world_.hub.end_turn();
        loop_.restart();
        loop_.poll();
    } while (due() || world_.hub.current_turn().pending());
    heard_ += stream_->take_sent();
}

std::string rest_connection::answers() const {
    return replaced(heard_, "HTTP/1.1 100 Continue\r\n\r\n", "");
}

} // namespace iothub::fuzz
