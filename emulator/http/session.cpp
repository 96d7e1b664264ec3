#include "emulator/http/session.hpp"

#include <fmt/format.h>

#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/http/dispatch.hpp"
#include "emulator/http/error_response.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http {

session::session(core::hub& hub, boost::asio::any_io_executor executor,
                 std::shared_ptr<net::byte_stream> stream, const http_codec::session_limits& limits)
    : server_session(std::move(executor), std::move(stream), limits)
    , hub_(hub) {}

void session::handle(std::shared_ptr<http_codec::exchange> x) {
    dispatch(hub_, std::move(x), stream().remote().address);
}

http_codec::response session::refuse(const http_codec::refusal& why) {
    ++hub_.count().requests;
    ++hub_.count().failed_requests;
    hub_.journal().write(
        log_level::info, "http",
        fmt::format("{}: {}: {}", stream().remote().address, why.status, why.reason));
    const response_stamp stamp = make_stamp(hub_);
    auto r = error_response(to_error(why), stamp);
    r.status = why.status;
    return stamp.put_on(std::move(r));
}

void session::replies_wait() {
    if (!std::exchange(joined_, true)) {
        hub_.current_turn().join(std::static_pointer_cast<session>(shared_from_this()));
    }
}

void session::turn_committed() {
    joined_ = false;
    release_replies();
}

void session::turn_failed(const error& reason) {
    joined_ = false;
    replace_replies([&] {
        ++hub_.count().failed_requests;
        hub_.journal().write(log_level::error, "http",
                             fmt::format("{}: 500, nothing was kept: {}", stream().remote().address,
                                         log_text(reason)));
        const response_stamp stamp = make_stamp(hub_);
        const error told{errc::server_error, "The hub could not keep it. Its log says why."};
        return stamp.put_on(error_response(told, stamp));
    });
}

void serve(core::hub& hub, boost::asio::any_io_executor executor,
           std::shared_ptr<net::byte_stream> stream) {
    std::make_shared<session>(hub, std::move(executor), std::move(stream))->start();
}

} // namespace iothub::http
