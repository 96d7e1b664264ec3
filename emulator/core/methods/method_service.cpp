#include "emulator/core/methods/method_service.hpp"

#include <charconv>
#include <vector>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/device_link.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

using namespace std::chrono_literals;

error invalid(std::string message) {
    return {errc::argument_invalid, std::move(message)};
}

error not_online(const identity_key& target) {
    return {errc::device_not_online,
            "The operation failed because the requested device isn't online "
            "or hasn't registered the direct method callback.",
            target.text() + " takes no methods"};
}

// A device may answer with anything; a back end gets JSON.
result<method_answer> checked(method_answer given) {
    if (given.payload.size() > max_method_payload) {
        return error{errc::bad_device_response, "The device's answer is larger than 128 KiB."};
    }
    if (!given.payload.empty() && !parse_json(given.payload)) {
        return error{errc::bad_device_response, "The device's answer is not JSON."};
    }
    return given;
}

} // namespace

result<> check_method(const method_request& request) {
    if (request.name.empty() || request.name.size() > 128) {
        return invalid("methodName must have 1 to 128 characters.");
    }
    if (request.payload.size() > max_method_payload) {
        return invalid("The payload of a method must not be larger than 128 KiB.");
    }
    if (request.response_timeout < 5s || request.response_timeout > 300s) {
        return invalid("responseTimeoutInSeconds must be 5 to 300.");
    }
    if (request.connect_timeout < 0s || request.connect_timeout > 300s) {
        return invalid("connectTimeoutInSeconds must be 0 to 300.");
    }
    if (request.connect_timeout > request.response_timeout) {
        return invalid("The device connection timeout cannot exceed the overall call timeout.");
    }
    return {};
}

method_service::method_service(core::store& store, session_table& sessions,
                               const core::clock& clock)
    : store_(store)
    , sessions_(sessions)
    , clock_(clock) {}

result<> method_service::admit(const identity_key& target, const method_request& request) const {
    if (const auto fits = check_method(request); !fits) {
        return fits;
    }
    if (!store_.find_identity(target)) {
        return error{errc::device_not_found, target.text()};
    }
    const auto waiting = of_identity_.find(target);
    if (calls_.size() >= max_calls ||
        (waiting != of_identity_.end() && waiting->second.size() >= max_calls_of_identity)) {
        return error{errc::too_many_methods, "Too many direct methods wait for an answer."};
    }
    return {};
}

void method_service::invoke(const identity_key& target, method_request request, callback done) {
    if (const auto admitted = admit(target, request); !admitted) {
        done(admitted.error());
        return;
    }
    const timestamp now = clock_.now();
    const std::uint64_t id = ++last_id_;
    const auto connect_by = now + request.connect_timeout;
    call& waiting = calls_[id];
    waiting = {target, std::move(request), std::move(done), {}, false, false};
    waiting.answer_by = now + waiting.request.response_timeout;
    of_identity_[target].insert(id);
    deadlines_.set(id, connect_by);
    if (!deliver(id, waiting) && connect_by == now) {
        finish(calls_.find(id), not_online(target));
    }
}

// False where nobody takes it, now or when there is room.
bool method_service::deliver(std::uint64_t id, call& waiting) {
    device_link* link = sessions_.find(waiting.target);
    const auto answer =
        link == nullptr
            ? delivery_answer::not_subscribed
            : link->call_method(std::to_string(id), waiting.request.name, waiting.request.payload);
    if (answer == delivery_answer::not_subscribed) {
        return false;
    }
    if (answer != delivery_answer::no_room) {
        waiting.delivered = true;
        waiting.request.payload.clear();
    }
    waiting.online = true;
    deadlines_.set(id, waiting.answer_by);
    return true;
}

bool method_service::answer(const identity_key& from, std::string_view request_id,
                            method_answer given) {
    std::uint64_t id = 0;
    const char* end = request_id.data() + request_id.size();
    if (std::from_chars(request_id.data(), end, id).ptr != end) {
        return false;
    }
    const auto found = calls_.find(id);
    if (found == calls_.end() || found->second.target != from || !found->second.delivered) {
        return false;
    }
    finish(found, checked(std::move(given)));
    return true;
}

void method_service::online(const identity_key& who) {
    const auto waiting = of_identity_.find(who);
    if (waiting == of_identity_.end()) {
        return;
    }
    for (const std::uint64_t id : waiting->second) {
        if (call& one = calls_.at(id); !one.delivered) {
            deliver(id, one);
        }
    }
}

void method_service::offline(const identity_key& who) {
    const auto waiting = of_identity_.find(who);
    if (waiting == of_identity_.end()) {
        return;
    }
    const std::vector<std::uint64_t> ids(waiting->second.begin(), waiting->second.end());
    for (const std::uint64_t id : ids) {
        if (const auto found = calls_.find(id); found != calls_.end() && found->second.online) {
            finish(found, error{errc::connection_closed_remotely,
                                "The device disconnected before it answered."});
        }
    }
}

void method_service::removed(const identity_key& who) {
    std::vector<std::uint64_t> ids;
    for (auto one = of_identity_.lower_bound(who);
         one != of_identity_.end() && who.covers(one->first); ++one) {
        ids.insert(ids.end(), one->second.begin(), one->second.end());
    }
    for (const std::uint64_t id : ids) {
        if (const auto found = calls_.find(id); found != calls_.end()) {
            finish(found, error{errc::device_not_found, found->second.target.text()});
        }
    }
}

void method_service::advance(timestamp now) {
    while (const auto id = deadlines_.due(now)) {
        pass(calls_.find(*id));
    }
}

// The call's time is over.
void method_service::pass(calls::iterator which) {
    finish(which, which->second.online ? error{errc::gateway_timeout,
                                               "Timed out waiting for the response from device."}
                                       : not_online(which->second.target));
}

void method_service::finish(calls::iterator which, result<method_answer> outcome) {
    const std::uint64_t id = which->first;
    const call finished = std::move(which->second);
    calls_.erase(which);
    deadlines_.erase(id);
    const auto siblings = of_identity_.find(finished.target);
    siblings->second.erase(id);
    if (siblings->second.empty()) {
        of_identity_.erase(siblings);
    }
    finished.done(std::move(outcome));
}

} // namespace iothub::core
