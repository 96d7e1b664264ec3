#include "emulator/http_codec/exchange.hpp"

#include "emulator/http_codec/server_session.hpp"

namespace iothub::http_codec {

void exchange::reply(response r) {
    const auto session = session_.lock();
    if (replied() || !session) {
        return;
    }
    response_ = std::move(r);
    session->replied(*this);
}

framing exchange::how_to_send() const {
    return {asked_.keep_alive && !response_->close, asked_.method == "HEAD"};
}

} // namespace iothub::http_codec
