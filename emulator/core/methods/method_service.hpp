#pragma once
// Direct methods (service API §1.5; rows M01, M02): a back end calls a connected device or module
// and waits for its answer, or first for it to come online. Nothing of it lasts.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/deadlines.hpp"
#include "emulator/core/timed.hpp"

namespace iothub::core {

class clock;
class session_table;
class store;

inline constexpr std::size_t max_method_payload = 128 * 1024;

struct method_request {
    std::string name;
    std::string payload;                       // JSON text, or empty
    std::chrono::seconds response_timeout{30}; // from the call to the answer: 5 to 300
    std::chrono::seconds connect_timeout{0};   // of it, to come online: 0 to 300
};

// argument_invalid where a name, a payload or a time is none that a method may have.
result<> check_method(const method_request& request);

struct method_answer {
    int status = 0;      // the device's own
    std::string payload; // JSON text, or empty
};

class method_service final : public timed {
public:
    using callback = std::function<void(result<method_answer>)>;

    // Calls that wait at one time: for one identity, and altogether.
    static constexpr std::size_t max_calls_of_identity = 100;
    static constexpr std::size_t max_calls = 10'000;

    method_service(core::store& store, session_table& sessions, const core::clock& clock);

    // `done` is called once: within the call where it is refused, else later. Errors:
    // argument_invalid, device_not_found, device_not_online (no session that takes methods within
    // connect_timeout), too_many_methods, gateway_timeout (no answer within response_timeout),
    // connection_closed_remotely (the device left before it answered), bad_device_response.
    void invoke(const identity_key& target, method_request request, callback done);

    // The device's answer. False where no call of that identity waits for it: it is ignored.
    bool answer(const identity_key& from, std::string_view request_id, method_answer given);

    // The identity takes methods now, or has room again: calls that waited for that are delivered.
    void online(const identity_key& who);

    // Its session has ended.
    void offline(const identity_key& who);

    // The identity is gone, a device with its modules: who still waits for it is told
    // (device_not_found).
    void removed(const identity_key& who);

    // When advance() has something to do next.
    std::optional<timestamp> next_deadline() const override { return deadlines_.next(); }
    void advance(timestamp now) override;

private:
    struct call {
        identity_key target;
        method_request request;
        callback done;
        timestamp answer_by;
        bool online = false;    // a link takes it, or will when it has room
        bool delivered = false; // and has taken it
    };
    using calls = std::map<std::uint64_t, call>;

    result<> admit(const identity_key& target, const method_request& request) const;
    bool deliver(std::uint64_t id, call& waiting);
    void finish(calls::iterator which, result<method_answer> outcome);
    void pass(calls::iterator which);

    core::store& store_;
    session_table& sessions_;
    const core::clock& clock_;
    std::uint64_t last_id_ = 0;
    calls calls_;
    std::map<identity_key, std::set<std::uint64_t>> of_identity_;
    deadlines<std::uint64_t> deadlines_; // to come online, once delivered to answer
};

} // namespace iothub::core
