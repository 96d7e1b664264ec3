#include "emulator/http/session.hpp"

#include <fmt/format.h>

#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/http/body_limit.hpp"
#include "emulator/http/dispatch.hpp"
#include "emulator/http/error_response.hpp"
#include "emulator/http/response_stamp.hpp"
#include "emulator/net/websocket_stream.hpp"

namespace iothub::http {

namespace {

http_codec::session_limits with_room_for_bulk(http_codec::session_limits limits) {
    limits.messages.body_of = body_limit_of;
    return limits;
}

} // namespace

session::session(core::hub& hub, boost::asio::any_io_executor executor,
                 std::shared_ptr<net::byte_stream> stream, const http_codec::session_limits& limits,
                 std::shared_ptr<const websocket_protocols> protocols, std::string page)
    : server_session(std::move(executor), std::move(stream), with_room_for_bulk(limits))
    , hub_(hub)
    , protocols_(std::move(protocols))
    , page_(std::move(page)) {}

void session::handle(std::shared_ptr<http_codec::exchange> x) {
    if (asks_for_websocket(x->asked())) {
        upgrade(*x);
    } else if (!lead_to_page(*x)) {
        dispatch(hub_, std::move(x), stream().remote());
    }
}

// Back ends never ask for "/": it is a person who looks for the hub's page.
bool session::lead_to_page(http_codec::exchange& x) {
    const bool reads = x.asked().method == "GET" || x.asked().method == "HEAD";
    if (page_.empty() || !reads || x.asked().target != "/") {
        return false;
    }
    x.reply(
        make_stamp(hub_).put_on({302, {{"Location", page_}, {"Cache-Control", "no-store"}}, {}}));
    return true;
}

void session::upgrade(http_codec::exchange& x) {
    auto outcome = agree_on_websocket(x.asked(), protocols_ ? *protocols_ : websocket_protocols());
    if (const auto* refused = std::get_if<websocket_refusal>(&outcome)) {
        auto r = refuse(refused->why);
        for (const auto& f : refused->headers) {
            r.headers.add(f.name, f.value);
        }
        x.reply(std::move(r));
        return;
    }
    ++hub_.count().requests;
    hand_over([executor = executor(), agreed = std::get<websocket_agreement>(std::move(outcome))](
                  std::shared_ptr<net::byte_stream> stream, std::string behind) {
        agreed.serve(net::accept_websocket(
            executor, std::move(stream),
            {agreed.key, agreed.subprotocol, std::move(behind), server_name}));
    });
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
           std::shared_ptr<net::byte_stream> stream,
           std::shared_ptr<const websocket_protocols> protocols, std::string page) {
    std::make_shared<session>(hub, std::move(executor), std::move(stream),
                              http_codec::session_limits(), std::move(protocols), std::move(page))
        ->start();
}

} // namespace iothub::http
