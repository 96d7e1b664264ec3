#pragma once
// What stands behind a hub_client: the session, its loop, the thread of the callbacks, and the
// user's handlers. Every member may be called from any thread.

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>

#include "client/src/engine/callback_thread.hpp"
#include "client/src/engine/client_loop.hpp"
#include "client/src/security/tls_context.hpp"
#include "client/src/session/hub_session.hpp"
#include "iothub/client_options.hpp"
#include "iothub/hub_client.hpp"

namespace iothub::client {

class engine final : private session_observer {
public:
    // Throws argument_invalid where an option or a file it names is no good.
    engine(credentials self, const client_options& options);
    ~engine() override;

    void on_status(connection_status_handler handler);
    std::future<void> open();
    std::future<void> on_desired(desired_property_callback callback);
    std::future<void> close();
    std::future<twin> get_twin();
    std::future<void> update_reported(const json& patch);
    std::future<void> send(const message& event);

private:
    using submission = void (hub_session::*)(operation);

    void status_changed(connection_status status, connection_status_change_reason reason) override;
    void desired_changed(const json& patch) override;

    template <class Result, class Read>
    std::future<Result> run(operation wanted, Read read, submission how = &hub_session::submit);
    std::future<void> run(operation wanted);
    completion after_callbacks(completion done);

    identity_key identity_;
    std::chrono::milliseconds operation_timeout_;
    tls_context tls_;
    std::mutex handlers_mutex_;
    connection_status_handler status_handler_;
    desired_property_callback desired_callback_;
    hub_session session_;
    callback_thread callbacks_;
    client_loop loop_;
};

} // namespace iothub::client
