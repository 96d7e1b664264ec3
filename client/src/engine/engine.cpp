#include "client/src/engine/engine.hpp"

#include <algorithm>
#include <random>
#include <type_traits>
#include <utility>

#include "client/src/engine/event_topic.hpp"
#include "client/src/engine/incoming_message.hpp"
#include "client/src/error_details.hpp"
#include "client/src/mqtt/mosquitto_link.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::client {

namespace {

void check_options(const client_options& o) {
    using namespace std::chrono_literals;
    if (o.keep_alive < 5s || o.keep_alive > 1177s) {
        throw_argument_invalid("keep_alive is not 5 to 1177 seconds");
    }
    if (o.operation_timeout <= 0ms || o.retry.initial_delay <= 0ms ||
        o.retry.max_delay < o.retry.initial_delay) {
        throw_argument_invalid("operation_timeout and the retry delays are not above zero, or "
                               "max_delay is below initial_delay");
    }
    if (o.sas_token_lifetime < 10s || o.sas_renewal_percent < 1 || o.sas_renewal_percent > 99) {
        throw_argument_invalid("sas_token_lifetime is below 10 seconds, or sas_renewal_percent not "
                               "1 to 99");
    }
}

tls_context make_tls(const credentials& self, const client_options& o) {
    check_options(o);
    return {self.server().host,
            resolve_trust(o.ca_file, o.ca_pem),
            {o.certificate_file, o.certificate_pem, o.private_key_file, o.private_key_pem}};
}

session_settings settings_of(const client_options& o) {
    session_settings settings;
    settings.operation_timeout = o.operation_timeout;
    settings.connect_timeout = std::min(settings.connect_timeout, o.operation_timeout);
    settings.retry = o.retry;
    return settings;
}

double random_part() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

session_surroundings real_surroundings(const credentials& self, const client_options& o,
                                       tls_context& tls) {
    const link_settings settings{self.server(), self.client_id(), self.user_name(), o.keep_alive};
    return {
        .open_link =
            [settings, &tls](const std::string& password) {
                return std::make_unique<mosquitto_link>(settings, password, tls);
            },
        .wall_clock =
            [] { return std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now()); },
        .random = random_part};
}

twin read_twin(const answer& answered) {
    auto properties = parse_json(answered.payload);
    if (!properties || !properties->is_object()) {
        throw_error(hub_error_kind::protocol, "The hub's answer is no twin document");
    }
    json document = json::object();
    document["properties"] = *std::move(properties);
    return twin(std::move(document));
}

void nothing(const answer&) {}

} // namespace

engine::engine(credentials self, const client_options& options)
    : identity_(self.identity())
    , operation_timeout_(options.operation_timeout)
    , tls_(make_tls(self, options))
    , session_(self, settings_of(options), real_surroundings(self, options, tls_), *this)
    , callbacks_(options.callback_error_handler)
    , loop_(session_, [this] { return callbacks_.full(); }) {}

// A callback that runs meanwhile may still call the client, and gets client_closed.
engine::~engine() {
    loop_.stop();
    callbacks_.stop();
}

void engine::on_status(connection_status_handler handler) {
    const std::lock_guard lock(handlers_mutex_);
    status_handler_ = std::move(handler);
}

void engine::status_changed(connection_status status, connection_status_change_reason reason) {
    callbacks_.post([this, status, reason] {
        std::unique_lock lock(handlers_mutex_);
        const auto handler = status_handler_;
        lock.unlock();
        if (handler) {
            handler(status, reason);
        }
    });
}

void engine::desired_changed(const json& patch) {
    callbacks_.post([this, patch] {
        std::unique_lock lock(handlers_mutex_);
        const auto callback = desired_callback_;
        lock.unlock();
        if (callback) {
            callback(patch);
        }
    });
}

void engine::method_called(const method_call& call) {
    callbacks_.post([this, call] { run_method(call); });
}

// What the handler threw goes to the caller and, as from any callback, to callback_error_handler.
void engine::run_method(const method_call& call) {
    const method_answer answered = methods_.call(call.name, call.payload);
    loop_.post([call, answered](hub_session& session) {
        session.answer_method(call, answered.status, answered.payload);
    });
    if (answered.failure) {
        std::rethrow_exception(answered.failure);
    }
}

void engine::message_received(const topics::message& topic, const std::string& payload) {
    callbacks_.post([this, received = incoming_message(topic, payload)] {
        messages_.add(received);
        messages_.run_next();
    });
}

// The future gets what `read` makes of the answer, or what it throws.
template <class Result, class Read>
std::future<Result> engine::run(operation wanted, Read read, submission how) {
    const auto promise = std::make_shared<std::promise<Result>>();
    wanted.deadline = std::chrono::steady_clock::now() + operation_timeout_;
    wanted.done = [promise, read](const outcome& result) {
        try {
            if (!result) {
                throw_error(result.error());
            }
            if constexpr (std::is_void_v<Result>) {
                read(*result);
                promise->set_value();
            } else {
                promise->set_value(read(*result));
            }
        } catch (...) {
            promise->set_exception(std::current_exception());
        }
    };
    if (wanted.kind == operation_kind::barrier) {
        wanted.done = after_callbacks(std::move(wanted.done));
    }
    loop_.post([wanted = std::move(wanted), how](hub_session& session) { how(session, wanted); });
    return promise->get_future();
}

std::future<void> engine::run(operation wanted) {
    return run<void>(std::move(wanted), nothing);
}

std::future<void> engine::subscribe(const std::string& filter) {
    return run<void>(operation{}, nothing, [filter](hub_session& session, operation barrier) {
        session.subscribe(filter, std::move(barrier));
    });
}

// Ends after the handlers have heard of all that went before, unless one of them is waiting for it.
completion engine::after_callbacks(completion done) {
    if (callbacks_.is_this_thread()) {
        return done;
    }
    return [this, done = std::move(done)](outcome result) {
        callbacks_.post_completion([done, result = std::move(result)] { done(result); });
    };
}

std::future<void> engine::open() {
    return run<void>(operation{}, nothing, &hub_session::open);
}

std::future<void> engine::on_desired(desired_property_callback callback) {
    {
        const std::lock_guard lock(handlers_mutex_);
        desired_callback_ = std::move(callback);
    }
    return run<void>(operation{}, nothing, &hub_session::watch_desired);
}

std::future<void> engine::close() {
    const auto promise = std::make_shared<std::promise<void>>();
    const completion closed = after_callbacks([promise](const outcome&) { promise->set_value(); });
    loop_.post([closed](hub_session& session) {
        session.close();
        closed(answer{});
    });
    return promise->get_future();
}

std::future<twin> engine::get_twin() {
    operation wanted;
    wanted.kind = operation_kind::twin_get;
    return run<twin>(std::move(wanted), read_twin);
}

std::future<void> engine::update_reported(const json& patch) {
    if (!patch.is_object()) {
        throw_argument_invalid("Reported properties are a JSON object");
    }
    operation wanted;
    wanted.kind = operation_kind::reported_patch;
    wanted.payload = to_text(patch);
    return run(std::move(wanted));
}

std::future<void> engine::on_method(const std::string& name, method_handler handler) {
    methods_.set(name, std::move(handler));
    return subscribe(std::string(topics::method_filter));
}

std::future<void> engine::on_message(const std::string& input, message_handler handler) {
    for (auto waiting = messages_.set(input, std::move(handler)); waiting > 0; --waiting) {
        callbacks_.post([this] { messages_.run_next(); });
    }
    return subscribe(topics::message_filter(identity_));
}

std::future<void> engine::send(const message& event, const std::string& output) {
    operation wanted;
    wanted.kind = operation_kind::message;
    wanted.topic = event_topic(identity_, event, output);
    wanted.payload = event.body;
    return run(std::move(wanted));
}

} // namespace iothub::client
