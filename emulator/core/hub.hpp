#pragma once
// The hub: the domain without sockets, threads or wall clock. Transports call it, the application
// ends its turns and tells it the time. Everything happens on one thread.

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/log.hpp"
#include "emulator/core/c2d/c2d_service.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/counters.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/messaging/device_message.hpp"
#include "emulator/core/messaging/event_log.hpp"
#include "emulator/core/methods/method_service.hpp"
#include "emulator/core/notifications/event_source.hpp"
#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/security/authenticator.hpp"
#include "emulator/core/security/certificate_authentication.hpp"
#include "emulator/core/security/certificate_authorities.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/timed.hpp"
#include "emulator/core/turn.hpp"
#include "emulator/core/twins/twin_service.hpp"
#include "emulator/core/uploads/upload_service.hpp"

namespace iothub::core {

class configuration_service;
class feedback_queue;
class file_notification_service;
class job_service;
class limiter;
class notifier;
struct limit_profile;
class partition_readers;
class store_health;
namespace query {
class query_service;
}
struct transfer_job;
class transfer_service;

struct hub_settings {
    std::string name = "localhost"; // as back ends see it: "contoso"
    std::vector<access_policy> policies = published_policies();
    event_log_settings events;
    event_sources told; // to the readers of telemetry, beside it
    c2d_settings c2d;
    std::optional<blob_storage> uploads; // nothing: devices cannot upload files
    bool accept_bearer_tokens = false;   // of back ends
    // Outlives the hub.
    const certificate_verifier* certificates = &no_certificates();
};

class hub {
public:
    // All of them must outlive the hub.
    hub(core::store& store, const core::clock& clock, id_source& ids, iothub::log& log,
        hub_settings settings = {});
    ~hub();

    identity_registry& identities() { return identities_; }
    twin_service& twins() { return twins_; }
    event_log& events() { return events_; }
    method_service& methods() { return methods_; }
    c2d_service& c2d() { return c2d_; }
    upload_service& uploads() { return uploads_; }
    session_table& sessions() { return sessions_; }
    const authenticator& security() const { return security_; }
    certificate_authorities& authorities() { return authorities_; }
    query::query_service& queries() { return *queries_; }
    configuration_service& configurations() { return *configurations_; }
    transfer_service& transfers() { return *transfers_; }
    job_service& jobs() { return *jobs_; }
    feedback_queue& feedback() { return *feedback_; }
    file_notification_service& file_notifications() { return *file_notifications_; }
    partition_readers& readers() { return *readers_; }
    limiter& limits() { return *limits_; }

    const std::string& name() const { return name_; }
    core::turn& current_turn() { return turn_; }
    core::counters& count() { return counters_; }
    const core::clock& time() const { return clock_; }
    id_source& ids() { return ids_; }
    iothub::log& journal() { return log_; }

    // Telemetry, all or none: it may be acknowledged when the turn is committed. Errors:
    // throttling_backlog_timeout, quota_exceeded.
    result<> take(const device_principal& sender, device_message message);
    result<> take_all(const device_principal& sender, std::vector<device_message> messages);

    // A cloud-to-device message, as c2d_service::enqueue(). Errors also as take().
    result<c2d_message> send(const identity_key& target, c2d_message message);

    // One of limit_profiles(), from now on.
    void limit_to(const limit_profile& profile);

    // Begins anew: no identities, twins, messages, feedback, telemetry and certificate authorities,
    // and everyone is disconnected. Sequence numbers of telemetry go on.
    void clear();

    // Why the hub cannot keep what it is told; nothing where it can (store_health).
    std::optional<std::string> trouble();

    // When advance() has something to do next, and the doing of it: time-outs.
    std::optional<timestamp> next_deadline() const;
    void advance();

    // Commits what the turn wrote and lets the replies leave (or not, where the commit failed).
    void end_turn();

    // Writes at once what end_turn() writes by and by: before the hub goes.
    void write_what_waits();

private:
    void keep(const device_principal& sender, device_message message);
    std::optional<timestamp> next_aside() const;
    bool commit_aside();
    void turn_kept(bool wrote);
    void turn_lost();
    void observe();
    void identity_removed(const identity_key& key);
    void identity_changed(const identity_key& key);
    void twin_changed(const twin& now);
    void tell_of_twin(const twin& now, const twin_update& update);
    void transfer_ended(const transfer_job& job);
    void message_ended(const identity_key& target, std::uint64_t number, c2d_outcome outcome);
    void store_failed(std::string_view what, const std::exception& fault);

    core::store& store_;
    const core::clock& clock_;
    id_source& ids_;
    iothub::log& log_;
    std::string name_;
    core::counters counters_;
    core::turn turn_;
    session_table sessions_;
    certificate_authorities authorities_;
    certificate_authentication certificates_;
    authenticator security_;
    identity_registry identities_;
    twin_service twins_;
    event_log events_;
    method_service methods_;
    c2d_service c2d_;
    upload_service uploads_;
    std::unique_ptr<query::query_service> queries_;
    std::unique_ptr<configuration_service> configurations_;
    std::unique_ptr<transfer_service> transfers_;
    std::unique_ptr<job_service> jobs_;
    std::unique_ptr<feedback_queue> feedback_;
    std::unique_ptr<file_notification_service> file_notifications_;
    std::unique_ptr<partition_readers> readers_;
    std::unique_ptr<limiter> limits_;
    std::unique_ptr<notifier> notifier_;
    std::vector<timed*> timed_; // all services that are
    std::unique_ptr<store_health> health_;
};

} // namespace iothub::core
