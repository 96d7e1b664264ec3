#pragma once
// The life of one identity's connection as a plain state machine: connecting, subscribing, sending
// what waits, reconnecting with backoff, renewing the SAS token, giving up. No socket, no thread,
// no clock: client_loop drives it and calls it from one thread only; tests drive it by hand.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/src/mqtt/mqtt_link.hpp"
#include "client/src/session/credentials.hpp"
#include "client/src/session/desired_state.hpp"
#include "client/src/session/outbox.hpp"
#include "client/src/session/retry_backoff.hpp"
#include "client/src/session/subscriptions.hpp"
#include "common/timestamp.hpp"
#include "iothub/connection_status.hpp"

namespace iothub::client {

// A direct method that the hub asks for. The answer is of use on the connection that brought it
// only: on a later one the same id may stand for another call.
struct method_call {
    std::uint64_t connection = 0;
    std::string id;
    std::string name;
    std::string payload;
};

// Told on the thread that calls the session; must not call it back.
class session_observer {
public:
    virtual ~session_observer() = default;
    virtual void status_changed(connection_status status,
                                connection_status_change_reason reason) = 0;
    virtual void desired_changed(const json& patch) = 0;
    virtual void method_called(const method_call& call) = 0;
    virtual void message_received(const topics::message& topic, const std::string& payload) = 0;
};

struct session_settings {
    std::chrono::milliseconds operation_timeout{60'000};
    std::chrono::milliseconds connect_timeout{30'000}; // TCP, TLS and CONNACK of one attempt
    retry_policy retry;
};

// The world that the session asks.
struct session_surroundings {
    std::function<std::unique_ptr<mqtt_link>(const std::string& password)> open_link;
    std::function<timestamp()> wall_clock;
    std::function<double()> random; // from 0 to below 1
};

class hub_session {
public:
    using time_point = operation::time_point;

    hub_session(credentials self, const session_settings& settings,
                session_surroundings surroundings, session_observer& observer);

    // Connects if that has not been done. A barrier ends when everything that was wanted before it
    // is subscribed to. After a close or a refusal it ends at once with what happened then.
    void submit(operation wanted);

    // As submit, but starts anew after a close or a refusal.
    void open(operation barrier);

    // Subscribes to desired properties from now on. Ends when that is granted and, the first time,
    // when they have been read: so that any later change is known for one.
    void watch_desired(operation barrier);

    // Subscribes to `filter` from now on: methods, or messages. Ends when that is granted.
    void subscribe(const std::string& filter, operation barrier);

    // Answers a method, where the connection that brought the call is still there.
    void answer_method(const method_call& call, int status, const std::string& payload);

    // Disconnects and fails everything that waits with client_closed.
    void close();

    // Does everything that is due at `now` and all that the link's events ask for.
    void advance(time_point now);

    // When advance() is to be called at the latest.
    std::optional<time_point> next_deadline() const;

    // Nothing while there is no connection attempt.
    mqtt_link* link() { return link_.get(); }

private:
    enum class phase { idle, connecting, online, waiting, ended };

    void connect();
    void handle_events();
    void handle(link_answered& event);
    void handle(link_granted& event);
    void handle(link_acknowledged& event);
    void handle(link_received& event);
    void handle(link_lost& event);
    void online();
    void refused(int return_code);
    void retry(loss kind, const std::string& why);
    void end(connection_status_change_reason reason, const hub_error_details& error);
    void drop_link();
    void renew();
    void act_on_time();
    void expire();
    void flush();
    bool ask_for_subscriptions();
    bool transmit(const operation& next);
    void read_desired();
    void desired_read(const outcome& result);
    void deliver(const std::vector<json>& patches);
    void report(connection_status status, connection_status_change_reason reason);

    credentials self_;
    session_settings settings_;
    session_surroundings surroundings_;
    session_observer& observer_;

    phase phase_ = phase::idle;
    time_point now_;
    std::uint64_t connection_ = 0; // the number of the present one, or of the last
    std::unique_ptr<mqtt_link> link_;
    outbox outbox_;
    subscriptions subscriptions_;
    retry_backoff backoff_;
    desired_state desired_;

    std::optional<time_point> attempt_due_; // the end of an attempt, or the beginning of the next
    std::optional<time_point> renewal_due_; // of the SAS token
    std::optional<time_point> reading_due_; // of the desired properties
    bool reading_ = false;
    bool watching_desired_ = false;
    bool accepted_before_ = false; // by the hub, with these credentials
    std::string last_failure_;
    hub_error_details end_error_;
    std::optional<std::pair<connection_status, connection_status_change_reason>> reported_;
};

} // namespace iothub::client
