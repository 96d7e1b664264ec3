#include "emulator/management/session.hpp"

#include <fmt/format.h>

#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/http_codec/streamed_response.hpp"
#include "emulator/management/access.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"
#include "emulator/management/routes.hpp"

namespace iothub::management {

namespace {

http_codec::session_limits with_room_for_registries() {
    http_codec::session_limits limits;
    limits.messages.body = max_registry_size;
    return limits;
}

} // namespace

session::session(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
                 std::shared_ptr<net::byte_stream> stream, const http_codec::session_limits& limits)
    : server_session(std::move(executor), std::move(stream), limits)
    , around_(std::move(around)) {}

void session::handle(std::shared_ptr<http_codec::exchange> x) {
    if (changes_something(x->asked())) {
        changes_.push_back(x);
    }
    const auto streamer = [this, asked = x->asked()](response head, auto next, auto begun) {
        hand_over([asked, executor = executor(), head, next,
                   begun](std::shared_ptr<net::byte_stream> stream, const std::string&) {
            const auto streamed =
                std::make_shared<http_codec::streamed_response>(executor, std::move(stream), next);
            begun(streamed);
            streamed->start(asked, head);
        });
    };
    dispatch(std::make_shared<call>(around_, std::move(x), streamer));
}

http_codec::response session::refuse(const http_codec::refusal& why) {
    around_->hub.journal().write(
        log_level::info, "management",
        fmt::format("{}: {}: {}", stream().remote().address, why.status, why.reason));
    return finished(refusal(why.status, why.reason), around_->hub.time().now());
}

void session::replies_wait() {
    const auto answered = std::erase_if(changes_, [](const auto& one) {
        const auto x = one.lock();
        return x == nullptr || x->replied();
    });
    changes_wait_ = changes_wait_ || answered > 0;
    if (!changes_wait_) {
        release_replies();
    } else if (!std::exchange(joined_, true)) {
        around_->hub.current_turn().join(std::static_pointer_cast<session>(shared_from_this()));
    }
}

void session::turn_committed() {
    changes_wait_ = joined_ = false;
    release_replies();
}

void session::turn_failed(const error& reason) {
    changes_wait_ = joined_ = false;
    replace_replies([&] {
        around_->hub.journal().write(log_level::error, "management",
                                     fmt::format("{}: 500, nothing was kept: {}",
                                                 stream().remote().address, log_text(reason)));
        return finished(refusal(500, "The hub could not keep it. Its log says why."),
                        around_->hub.time().now());
    });
}

void serve(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
           std::shared_ptr<net::byte_stream> stream) {
    std::make_shared<session>(std::move(around), std::move(executor), std::move(stream),
                              with_room_for_registries())
        ->start();
}

} // namespace iothub::management
