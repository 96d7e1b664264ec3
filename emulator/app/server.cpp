#include "emulator/app/server.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <mutex>
#include <utility>

#include "emulator/amqp/serve.hpp"
#include "emulator/app/about_document.hpp"
#include "emulator/app/certificate_verifier.hpp"
#include "emulator/app/deadline_timer.hpp"
#include "emulator/app/event_loop.hpp"
#include "emulator/app/hub_call.hpp"
#include "emulator/app/listeners.hpp"
#include "emulator/app/option_mistake.hpp"
#include "emulator/app/registry_document.hpp"
#include "emulator/app/start_up_error.hpp"
#include "emulator/app/system_sources.hpp"
#include "emulator/blob/http_containers.hpp"
#include "emulator/core/transfers/transfer_service.hpp"
#include "emulator/core/uploads/file_notification_service.hpp"
#include "emulator/http/dispatch.hpp"
#include "emulator/http/session.hpp"
#include "emulator/management/activity.hpp"
#include "emulator/management/events/audience.hpp"
#include "emulator/management/responses.hpp"
#include "emulator/management/session.hpp"
#include "emulator/mqtt/serve.hpp"
#include "emulator/net/certificates/atomic_file.hpp"
#include "emulator/net/certificates/certificate_files.hpp"
#include "emulator/storage/memory_store.hpp"
#include "emulator/storage/sqlite/open_sqlite_store.hpp"

namespace iothub::app {

namespace {

// SIGTERM stops the hub within 2 s: those connected get most of it to take what is still theirs.
constexpr std::chrono::milliseconds goodbye{1500};

// As by nohup.
bool is_ignored(int signal) {
    struct sigaction now{};
    return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

template <class T>
T value_or_start_up_error(result<T> outcome) {
    if (!outcome) {
        throw start_up_error(outcome.error().message);
    }
    return *std::move(outcome);
}

std::unique_ptr<core::store> open_store(const options& o, iothub::log& journal) {
    if (o.in_memory) {
        return std::make_unique<storage::memory_store>();
    }
    return value_or_start_up_error(storage::open_sqlite_store(
        o.data_dir,
        o.survive_power_loss ? storage::durability::power : storage::durability::process,
        &journal));
}

net::hub_certificates open_certificates(const options& o, timestamp now) {
    const auto names = certificate_names(o);
    return value_or_start_up_error(o.in_memory
                                       ? net::create_certificates(names, now)
                                       : net::load_or_create_certificates(o.data_dir, names, now));
}

void write_ca_file(const std::filesystem::path& file, const std::string& pem) {
    if (const auto written = net::write_file_atomically(file, pem, 0644); !written) {
        throw start_up_error(written.error().message + "; choose another with --ca-file");
    }
}

options checked(options o) {
    if (const auto mistake = find_mistake(o)) {
        throw start_up_error(told(*mistake, [](const auto& one) { return std::string(one.name); }));
    }
    return o;
}

core::hub_settings domain_settings(const options& o) {
    core::hub_settings wanted;
    wanted.name = hub_name(o);
    wanted.policies = o.policies.value_or(core::published_policies());
    wanted.uploads = o.uploads;
    wanted.accept_bearer_tokens = o.accept_bearer_tokens;
    wanted.events.partitions = o.partitions;
    wanted.events.retention = std::chrono::hours(o.retention_hours);
    wanted.told = o.event_sources;
    wanted.certificates = &openssl_certificates();
    return wanted;
}

} // namespace

class server::state {
public:
    state(options o, std::unique_ptr<iothub::log> log)
        : settings(checked(std::move(o)))
        , journal(std::move(log))
        , loopback_(boost::asio::ip::make_address(settings.host).is_loopback())
        , store_(open_store(settings, *journal))
        , certificates(open_certificates(settings, clock_.now()))
        , activity_(*journal, clock_)
        , hub(*store_, clock_, ids_, activity_, domain_settings(settings))
        , listeners_(loop_.context(), settings,
                     value_or_start_up_error(net::tls_context::create(certificates.server)),
                     handlers(), activity_)
        , strings(effective_hostnames(settings).front(), listeners_.ports()) {
        if (!settings.ca_file.empty()) {
            write_ca_file(settings.ca_file, certificates.ca_pem);
        }
        hub.transfers().reach(blobs_);
        hub.file_notifications().reach(blobs_);
        apply_seed(hub, settings.seed);
        hub.limit_to(*settings.limits);
        hub.events().watch(audience);
        surroundings_ = make_surroundings();
        tell_what_matters();
    }

    ~state() { end(); }

    void run() {
        loop_.run([this] { return end_turn(); }, [this] { return stopping_; });
        end();
    }

    void stop(std::string why) {
        boost::asio::post(loop_.context(), [this, why = std::move(why)] {
            if (!std::exchange(stopping_, true)) {
                journal->write(log_level::info, "app", "stopping: " + why);
            }
        });
    }

    std::future<void> call(const std::function<void(core::hub&)>& work) {
        const auto one = std::make_shared<hub_call>(work);
        const std::lock_guard guard(calls_);
        if (!accepts_calls_) {
            throw std::runtime_error("the hub has stopped");
        }
        boost::asio::post(loop_.context(), [this, one] { one->run(hub); });
        return one->outcome();
    }

    void stop_at_signals() {
        signals_ = std::make_unique<boost::asio::signal_set>(loop_.context(), SIGINT, SIGTERM);
        if (!is_ignored(SIGHUP)) {
            signals_->add(SIGHUP);
        }
        signals_->async_wait([this](boost::system::error_code failure, int number) {
            if (!failure) {
                stop(number == SIGINT   ? "interrupted (SIGINT)"
                     : number == SIGHUP ? "the terminal was closed (SIGHUP)"
                                        : "terminated (SIGTERM)");
            }
        });
    }

    const bound_ports& ports() const { return listeners_.ports(); }

    const options settings;
    const std::unique_ptr<iothub::log> journal;

private:
    bool loopback_;
    system_clock clock_;
    system_ids ids_;
    std::unique_ptr<core::store> store_;

public:
    const net::hub_certificates certificates;

private:
    management::activity activity_;

public:
    core::hub hub;
    const std::shared_ptr<management::event_audience> audience =
        std::make_shared<management::event_audience>(hub);

private:
    listeners::handlers handlers() {
        const auto executor = loop_.context().get_executor();
        listeners::handlers accept;
        const auto over_websocket = std::make_shared<const http::websocket_protocols>(
            http::websocket_protocols{{"mqtt",
                                       [this, executor](auto stream) {
                                           mqtt::serve(hub, std::move(stream), executor, "mqtt-ws");
                                       }},
                                      {"AMQPWSB10", [this, executor](auto stream) {
                                           amqp::serve(hub, std::move(stream), executor,
                                                       {"amqp-ws", ports().amqps});
                                       }}});
        accept.https = [this, executor, over_websocket](std::shared_ptr<net::byte_stream> stream) {
            http::serve(hub, executor, std::move(stream), over_websocket,
                        page_address(settings, ports()));
        };
        accept.mqtts = [this, executor](std::shared_ptr<net::byte_stream> stream) {
            mqtt::serve(hub, std::move(stream), executor);
        };
        accept.amqps = accept.amqp = [this, executor](std::shared_ptr<net::byte_stream> stream) {
            amqp::serve(hub, std::move(stream), executor, {"amqp", ports().amqps});
        };
        accept.management = [this, executor](std::shared_ptr<net::byte_stream> stream) {
            management::serve(surroundings_, executor, std::move(stream));
        };
        return accept;
    }

    // What the management port shows.
    std::shared_ptr<management::surroundings> make_surroundings() {
        auto around = std::make_shared<management::surroundings>(management::surroundings{
            .hub = hub,
            .host_names = effective_hostnames(settings),
            .unhealthy = [this] { return hub.trouble(); },
            .unready = [] { return std::nullopt; },
            .ca_certificate = [this] { return certificates.ca_pem; },
            .strings = [this] { return all_connection_strings(); },
            .identity_string = [this](const core::identity& id) { return strings.of_identity(id); },
            .count_identities = [this] { return store_->count_identities(); },
            .audience = audience,
            .export_registry =
                [this](std::string_view device) { return app::export_registry(hub, device); },
            .export_devices =
                [this](std::string_view after, std::size_t limit) {
                    return app::export_devices(hub, after, limit);
                },
            .import_registry =
                [this](std::string_view text) { return app::import_registry(hub, text); },
            .reset = [this](bool seeded) { app::reset(hub, settings.seed, seeded); },
            .service =
                [this](auto exchange, std::string target) {
                    http::dispatch_for_owner(
                        hub, {std::move(exchange), std::move(target), management::for_browsers()});
                },
            .about = [this] { return about_text(settings, ports(), started_); },
            .happened = &activity_,
        });
        around->host_names.push_back(settings.host);
        return around;
    }

    management::connection_strings all_connection_strings() const {
        management::connection_strings all;
        for (const core::access_policy& policy : hub.security().policies()) {
            all.service.emplace_back(policy.name, strings.of_policy(policy));
        }
        all.event_hubs = strings.of_event_hubs(hub.security().policies().front());
        all.ca_file = ca_file_of(settings).string();
        return all;
    }

    void tell_what_matters() {
        if (settings.accept_bearer_tokens) {
            journal->write(log_level::warning, "app",
                           "bearer tokens are accepted, whoever signed them");
        }
        for (const std::string& note : certificates.notes) {
            journal->write(log_level::info, "tls", note);
        }
        if (!loopback_ && !settings.policies) {
            journal->write(log_level::warning, "app",
                           "listening on " + settings.host +
                               " with the published keys: everyone who reaches it owns this hub");
        }
    }

    bool end_turn() {
        hub.end_turn();
        deadlines_.arm();
        waiting_.arm();
        return hub.current_turn().pending();
    }

    // On the hub's thread, or when it does not run.
    void end() {
        if (std::exchange(ended_, true)) {
            return;
        }
        refuse_calls();
        listeners_.stop();
        audience->close();
        hub.transfers().interrupt("The hub was stopped before the job had ended.");
        hub.file_notifications().interrupt();
        hub.end_turn();
        listeners_.connections().close_all("the hub stops");
        const auto turn_end = [this] { return end_turn(); };
        const auto nobody_left = [this] { return listeners_.connections().size() == 0; };
        loop_.run(turn_end, nobody_left, goodbye);
        listeners_.connections().abort_all("the hub stops");
        loop_.run(turn_end, nobody_left, std::chrono::milliseconds(100));
        loop_.drain(turn_end);
        hub.write_what_waits();
    }

    // What was posted before is still run by the loops in end().
    void refuse_calls() {
        const std::lock_guard guard(calls_);
        accepts_calls_ = false;
    }

    event_loop loop_;
    blob::http_containers blobs_{loop_.context().get_executor(), certificates.ca_pem};
    deadline_timer deadlines_{loop_.context(), clock_, [this] { return hub.next_deadline(); },
                              [this] { hub.advance(); }};
    deadline_timer waiting_{loop_.context(), clock_, [this] { return audience->next_deadline(); },
                            [this] { audience->advance(clock_.now()); }};
    std::shared_ptr<const management::surroundings> surroundings_;
    listeners listeners_;
    std::unique_ptr<boost::asio::signal_set> signals_;
    std::mutex calls_;
    bool accepts_calls_ = true;
    bool stopping_ = false;
    bool ended_ = false;
    const timestamp started_ = clock_.now();

public:
    const connection_strings strings;
};

server::server(options o, std::unique_ptr<iothub::log> log)
    : state_(std::make_unique<state>(std::move(o), std::move(log))) {}
server::~server() = default;

void server::run() {
    state_->run();
}
void server::stop(std::string why) {
    state_->stop(std::move(why));
}
void server::call(const std::function<void(core::hub&)>& work) {
    state_->call(work).get();
}
void server::stop_at_signals() {
    state_->stop_at_signals();
}

const bound_ports& server::ports() const {
    return state_->ports();
}
const std::string& server::ca_pem() const {
    return state_->certificates.ca_pem;
}
const connection_strings& server::strings() const {
    return state_->strings;
}
const app::options& server::settings() const {
    return state_->settings;
}
management::event_audience& server::audience() {
    return *state_->audience;
}
const core::authenticator& server::security() const {
    return state_->hub.security();
}
iothub::log& server::journal() {
    return *state_->journal;
}

} // namespace iothub::app
