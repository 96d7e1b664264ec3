#pragma once
// What device_client and module_client have in common: one identity's connection to IoT Hub over
// MQTT 3.1.1 with TLS.
//
// Every call may come from any thread. A call opens the connection if it is not open yet, waits for
// it while the client is reconnecting, and ends within client_options::operation_timeout: with its
// answer, or with a hub_error. Each has a form that returns a future. At most 1000 operations wait
// at a time; one more fails with quota_exceeded.
//
// Callbacks run one at a time on a thread of the client's own, never under a lock; they may make
// any call, blocking ones too, but must not destroy the client.

#include <functional>
#include <future>
#include <memory>
#include <string>

#include "iothub/connection_status.hpp"
#include "iothub/hub_error.hpp"
#include "iothub/json_fwd.hpp"
#include "iothub/message.hpp"
#include "iothub/method.hpp"
#include "iothub/twin.hpp"

namespace iothub {

namespace client {
class engine;
}

// Gets what changed: `{"interval":10,"old":null,"$version":4}`; null stands for a removed member.
using desired_property_callback = std::function<void(const json& patch)>;

class hub_client {
public:
    hub_client(hub_client&&) noexcept;
    hub_client& operator=(hub_client&&) noexcept;

    // Closes without waiting for anything that is under way; such calls fail with client_closed.
    ~hub_client();

    // Replaces the handler; nothing takes it away. Set it before open() to see every change.
    void set_connection_status_changes_handler(connection_status_handler handler);

    // Connects. Attempts that may succeed later are repeated until the operation time-out;
    // unauthorized, and network_error where TLS does not trust the hub, come at once. After
    // Disconnected, and after close(), it starts anew.
    void open();
    std::future<void> open_async();

    // Subscribes to changes of the desired properties, notes what they are, and returns when that
    // is done. A change made while the client was offline is delivered after the reconnect, as the
    // difference to what was known. Set an empty function to stop the calls.
    void set_desired_property_update_callback(desired_property_callback callback);
    std::future<void>
    set_desired_property_update_callback_async(desired_property_callback callback);

    // Has the handler answer the direct methods of that name, or all that have none of their own,
    // and returns when the hub knows that methods are taken; after a reconnect it is told again.
    // Calls that come meanwhile wait their turn. A method without a handler is answered with 501
    // and {}, a handler that throws with 500 and its message, a payload above 128 KiB with 500. An
    // answer is dropped where the connection it was asked on is gone: the caller was told so. An
    // empty function takes a handler away. argument_invalid for an empty name.
    void on_method(method_handler handler);
    void on_method(const std::string& name, method_handler handler);
    std::future<void> on_method_async(method_handler handler);
    std::future<void> on_method_async(const std::string& name, method_handler handler);

    twin get_twin();
    std::future<twin> get_twin_async();

    // Merges an object into the reported properties (RFC 7386: null removes a member) and returns
    // when the hub has kept it. argument_invalid for anything but an object.
    void update_reported_properties(const json& patch);
    std::future<void> update_reported_properties_async(const json& patch);

    // Sends at least once and returns when the hub has acknowledged it. A message that was on its
    // way when the connection broke is sent again. too_large above 256 KiB.
    void send_event(const message& event);
    std::future<void> send_event_async(const message& event);

    // Disconnects, after which the status is Disconnected/Client_Close; calls that are under way
    // fail with client_closed. The handler has seen the change when it returns, unless close() is
    // called from a callback.
    void close();
    std::future<void> close_async();

protected:
    explicit hub_client(std::unique_ptr<client::engine> engine);

    client::engine& engine() const { return *engine_; }

private:
    std::unique_ptr<client::engine> engine_;
};

} // namespace iothub
