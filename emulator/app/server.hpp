#pragma once
// A whole hub: store, domain, certificates, listeners and the loop that drives them. The program
// runs it on its main thread, iothub::emulator on a thread of its own; nothing here is global.

#include <functional>
#include <memory>
#include <string>

#include "common/log.hpp"
#include "emulator/app/connection_strings.hpp"
#include "emulator/app/options.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::management {
class event_audience;
}

namespace iothub::app {

class server {
public:
    // Opens the store and binds every listener; start_up_error where that cannot be.
    server(options o, std::unique_ptr<iothub::log> log);
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    // Serves until stop(), then says goodbye to everyone connected, within 2 s.
    void run();

    // From any thread, and as often as one likes. `why` goes to the log.
    void stop(std::string why);

    // Runs `work` on the hub's thread and waits until the turn that it ran in was kept; an
    // exception of `work`, or std::runtime_error where the turn was not kept or the hub has
    // stopped, is thrown here. Never to be called from the hub's own thread.
    void call(const std::function<void(core::hub&)>& work);

    // Stops at SIGINT and SIGTERM, and at SIGHUP unless that is ignored. For programs only: a
    // library leaves signals alone.
    void stop_at_signals();

    const bound_ports& ports() const;
    const std::string& ca_pem() const;
    const connection_strings& strings() const;
    const app::options& settings() const; // as given
    const core::authenticator& security() const;
    management::event_audience& audience(); // on the hub's thread only
    iothub::log& journal();

private:
    class state;
    std::unique_ptr<state> state_;
};

} // namespace iothub::app
