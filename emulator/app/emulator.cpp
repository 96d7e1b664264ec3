#include "iothub/emulator.hpp"

#include <unistd.h>

#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "common/redaction.hpp"
#include "emulator/app/config_file.hpp"
#include "emulator/app/server.hpp"
#include "emulator/app/watching.hpp"
#include "emulator/net/certificates/client_certificate.hpp"

namespace iothub {

namespace {

class callback_log final : public iothub::log {
public:
    explicit callback_log(decltype(emulator_options::on_log) target)
        : target_(std::move(target)) {}

    void write(log_level level, std::string_view component, std::string_view text) override {
        try {
            target_(level_name(level), component, redacted(text));
        } catch (...) { // the hub's work must not end for a line
        }
    }
    bool wants(log_level level) const override { return level != log_level::trace; }

private:
    decltype(emulator_options::on_log) target_;
};

std::unique_ptr<iothub::log> make_log(const emulator_options& o) {
    if (o.on_log) {
        return std::make_unique<callback_log>(o.on_log);
    }
    return std::make_unique<silent_log>();
}

// Named by its thumbprint, so that a hub with a data folder finds the same ones under one name.
app::seeded_authority authority_of(const std::string& pem) {
    const auto certificate = net::read_ca_certificate(pem);
    if (!certificate) {
        throw std::runtime_error("a certificate authority cannot be used: " +
                                 certificate.error().message);
    }
    return {certificate->facts.sha1, {}, certificate->pem};
}

void expect(const result<>& read) {
    if (!read) {
        throw std::runtime_error(read.error().message);
    }
}

// Only what the options of a hub in a process do not have.
app::options configured(const emulator_options& o) {
    app::options read;
    if (!o.config_file.empty()) {
        expect(app::apply_config_file(o.config_file, read));
    }
    if (!o.config.empty()) {
        expect(app::apply_config_text(o.config, "config", read));
    }
    app::options wanted;
    wanted.policies = std::move(read.policies);
    wanted.uploads = std::move(read.uploads);
    wanted.accept_bearer_tokens = read.accept_bearer_tokens;
    wanted.limits = read.limits;
    wanted.partitions = read.partitions;
    wanted.retention_hours = read.retention_hours;
    wanted.event_sources = read.event_sources;
    wanted.seed = std::move(read.seed);
    return wanted;
}

app::options server_options(const emulator_options& o) {
    app::options wanted = configured(o);
    wanted.data_dir = o.data_dir;
    wanted.in_memory = o.data_dir.empty();
    wanted.host = o.host;
    wanted.hostnames = o.hostnames;
    wanted.https_port = o.https_port;
    wanted.mqtts_port = o.mqtts_port;
    wanted.amqps_port = o.amqps_port;
    wanted.amqp_port = o.amqp_port;
    wanted.management_port = o.management_port;
    for (const std::string& pem : o.certificate_authorities) {
        wanted.seed.authorities.push_back(authority_of(pem));
    }
    return wanted;
}

// A file that only this process can read, gone with its owner.
class temporary_file {
public:
    explicit temporary_file(const std::string& content) {
        std::string name = (std::filesystem::temp_directory_path() / "iothub-ca-XXXXXX").string();
        const int descriptor = ::mkstemp(name.data());
        if (descriptor < 0) {
            throw std::runtime_error("no temporary file can be made in " +
                                     std::filesystem::temp_directory_path().string());
        }
        ::close(descriptor);
        path_ = name;
        std::ofstream(path_) << content;
    }
    ~temporary_file() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// The identity of that key, created where it is missing.
core::identity find_or_create(core::hub& hub, const identity_key& key) {
    auto found = hub.identities().get(key);
    if (!found) {
        core::identity_request request;
        request.key = key;
        found = hub.identities().put(request, {});
    }
    if (!found) {
        throw std::runtime_error(found.error().message);
    }
    return *found;
}

} // namespace

class emulator::running {
public:
    explicit running(const emulator_options& o)
        : server_(server_options(o), make_log(o))
        , thread_([this] { server_.run(); }) {}

    ~running() { stop(); }

    // Not in a child of fork(), which has neither the thread nor a right to the files.
    bool is_here() const { return ::getpid() == process_; }

    void stop() {
        if (!is_here()) {
            return;
        }
        const std::lock_guard guard(stopping_);
        server_.stop("the emulator object was stopped");
        if (thread_.joinable()) {
            thread_.join();
        }
    }

    std::string identity_string(const std::string& device_id, const std::string& module_id) {
        std::string text;
        server().call([&](core::hub& hub) {
            core::identity id = find_or_create(hub, {device_id, {}});
            if (!module_id.empty()) {
                id = find_or_create(hub, {device_id, module_id});
            }
            text = server_.strings().of_identity(id);
        });
        return text;
    }

    std::filesystem::path ca_file() {
        if (!server().settings().in_memory) {
            return server_.settings().data_dir / "ca.pem";
        }
        const std::lock_guard guard(stopping_);
        if (!ca_file_) {
            ca_file_ = std::make_unique<temporary_file>(server_.ca_pem());
        }
        return ca_file_->path();
    }

    app::server& server() {
        if (!is_here()) {
            throw std::runtime_error("this hub belongs to the process that made it, not to a fork");
        }
        return server_;
    }

private:
    const pid_t process_ = ::getpid();
    app::server server_;
    std::mutex stopping_; // also guards ca_file_
    std::unique_ptr<temporary_file> ca_file_;
    std::thread thread_;
};

// In a child of fork() it is left as it is: to take it apart is to reach for the parent's.
void emulator::owner::operator()(running* hub) const {
    if (hub->is_here()) {
        delete hub;
    }
}

emulator::emulator(emulator_options options)
    : running_(new running(options)) {}
emulator::~emulator() = default;
emulator::emulator(emulator&&) noexcept = default;
emulator& emulator::operator=(emulator&&) noexcept = default;

std::string emulator::connection_string(std::string_view policy) const {
    const core::access_policy* found = running_->server().security().find_policy(policy);
    if (found == nullptr) {
        throw std::invalid_argument("the hub has no policy named " + std::string(policy));
    }
    return running_->server().strings().of_policy(*found);
}

std::string emulator::device_connection_string(const std::string& device_id) {
    return running_->identity_string(device_id, "");
}

std::string emulator::module_connection_string(const std::string& device_id,
                                               const std::string& module_id) {
    return running_->identity_string(device_id, module_id);
}

const std::string& emulator::ca_pem() const {
    return running_->server().ca_pem();
}
std::filesystem::path emulator::ca_file() {
    return running_->ca_file();
}

emulator_ports emulator::ports() const {
    const app::bound_ports& bound = running_->server().ports();
    return {bound.https, bound.mqtts, bound.amqps, bound.amqp, bound.management};
}

event_page emulator::events(const event_query& query) {
    return app::events(running_->server(), query);
}
std::uint64_t emulator::send_message(const std::string& device_id, const std::string& module_id,
                                     const cloud_message& message) {
    return app::send_message(running_->server(), {device_id, module_id}, message);
}
std::vector<connection_state> emulator::connections() {
    return app::connections(running_->server());
}
bool emulator::disconnect(const std::string& device_id, const std::string& module_id) {
    return app::disconnect(running_->server(), {device_id, module_id});
}
std::string emulator::export_registry() {
    return app::export_registry(running_->server());
}
void emulator::import_registry(std::string_view document) {
    app::import_registry(running_->server(), document);
}
void emulator::reset(reset_to state) {
    app::reset(running_->server(), state);
}

void emulator::stop() {
    running_->stop();
}

} // namespace iothub
