#include "emulator/management/session.hpp"

#include <fmt/format.h>

#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/management/pages.hpp"

namespace iothub::management {

session::session(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
                 std::shared_ptr<net::byte_stream> stream, const http_codec::session_limits& limits)
    : server_session(std::move(executor), std::move(stream), limits)
    , around_(std::move(around)) {}

void session::handle(std::shared_ptr<http_codec::exchange> x) {
    x->reply(show(x->asked(), *around_));
}

http_codec::response session::refuse(const http_codec::refusal& why) {
    around_->hub.journal().write(
        log_level::info, "management",
        fmt::format("{}: {}: {}", stream().remote().address, why.status, why.reason));
    return refusal_response(why, around_->hub.time().now());
}

void serve(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
           std::shared_ptr<net::byte_stream> stream) {
    std::make_shared<session>(std::move(around), std::move(executor), std::move(stream))->start();
}

} // namespace iothub::management
