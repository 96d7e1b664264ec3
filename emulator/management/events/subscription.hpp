#pragma once
// Events as server-sent events (WHATWG HTML §9.2), one client's. It reads on as the client takes
// them, so that a slow client lags behind and keeps nothing waiting; a comment now and then shows
// that the connection lives.

#include <memory>
#include <optional>
#include <string>

#include "emulator/http_codec/streamed_response.hpp"
#include "emulator/management/events/audience.hpp"
#include "emulator/management/events/reader.hpp"

namespace iothub::management {

class event_subscription final : public event_listener {
public:
    event_subscription(core::hub& hub, event_reader reader);

    // Where the events go; called once, before the subscription joins the audience.
    void attach(const std::shared_ptr<http_codec::streamed_response>& client) { client_ = client; }

    // What the client is to get next: see streamed_response::source.
    std::optional<std::string> next();

    void look() override { wake(); }
    timestamp deadline() const override { return heartbeat_; }
    void deadline_passed() override;
    void end(bool failed) override;
    bool over() const override;

private:
    std::string events();
    void set_heartbeat();
    void wake();

    core::hub& hub_;
    event_reader reader_;
    std::weak_ptr<http_codec::streamed_response> client_;
    timestamp heartbeat_;
    bool heartbeat_due_ = false;
    bool ended_ = false;
};

} // namespace iothub::management
