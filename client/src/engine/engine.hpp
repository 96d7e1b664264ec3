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
#include "client/src/engine/message_handlers.hpp"
#include "client/src/engine/method_handlers.hpp"
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

    // An empty name, input or output stands for none.
    std::future<void> on_method(const std::string& name, method_handler handler);
    std::future<void> on_message(const std::string& input, message_handler handler);
    std::future<void> send(const message& event, const std::string& output = {});

private:
    using submission = std::function<void(hub_session&, operation)>;

    void status_changed(connection_status status, connection_status_change_reason reason) override;
    void desired_changed(const json& patch) override;
    void method_called(const method_call& call) override;
    void message_received(const topics::message& topic, const std::string& payload) override;
    void run_method(const method_call& call);

    template <class Result, class Read>
    std::future<Result> run(operation wanted, Read read, submission how = &hub_session::submit);
    std::future<void> run(operation wanted);
    std::future<void> subscribe(const std::string& filter);
    completion after_callbacks(completion done);

    identity_key identity_;
    std::chrono::milliseconds operation_timeout_;
    tls_context tls_;
    std::mutex handlers_mutex_;
    connection_status_handler status_handler_;
    desired_property_callback desired_callback_;
    method_handlers methods_;
    message_handlers messages_;
    hub_session session_;
    callback_thread callbacks_;
    client_loop loop_;
};

} // namespace iothub::client
