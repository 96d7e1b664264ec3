#pragma once
// A local Azure IoT Hub inside this process, for tests:
//
//   iothub::emulator hub;                                    // in memory, every port free
//   my_module module(hub.module_connection_string("d", "m"), hub.ca_file());
//
// The hub runs, on a thread of its own, from the constructor's return to stop() or the destructor.
// Several can live in one process. Nothing is global, no signal is handled, nothing is printed.
// Every function may be called from any thread; none from the log callback.
//
// A hub belongs to the process that made it, and programs that this one starts inherit nothing of
// it. In a child of fork() its functions throw, stop() and the destructor do nothing, and the
// parent's hub goes on; its sockets stay open until the child calls exec() or ends.

#include <iothub/hub_records.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace iothub {

struct emulator_options {
    // Where everything that lasts is kept; empty: in memory, and gone with the hub.
    std::filesystem::path data_dir;

    // The address to listen on, and the names that the certificate carries beside it (localhost,
    // 127.0.0.1 and ::1 always do). The first name stands in connection strings; without one it is
    // localhost, or the host where that is another.
    std::string host = "127.0.0.1";
    std::vector<std::string> hostnames;

    // 0: any free one. Azure's own ports are 443, 8883 and 5671; most SDKs reach no other.
    std::uint16_t https_port = 0;
    std::uint16_t mqtts_port = 0;
    std::uint16_t amqps_port = 0;
    std::uint16_t amqp_port = 0; // without TLS
    std::uint16_t management_port = 0;

    // PEM texts of the certificate authorities, at most 25, whose certificates devices and modules
    // of type certificate_authority may present. A data folder keeps them.
    std::vector<std::string> certificate_authorities;

    // What the hub holds from its start: a configuration as --config takes it
    // (docs/configuration.md), as text or in a file. Its devices, policies, certificate
    // authorities, blob storage, limits, acceptBearerTokens, partitions, retentionHours and
    // eventSources count; its other members are this struct's business.
    std::string config;
    std::filesystem::path config_file;

    // Called with each line of the log but traces, on the hub's thread: "info", "mqtt", "…"; keys,
    // tokens and control characters are replaced. Nothing is logged without it. What it throws is
    // dropped.
    std::function<void(std::string_view level, std::string_view component, std::string_view text)>
        on_log;
};

struct emulator_ports {
    std::uint16_t https = 0;
    std::uint16_t mqtts = 0;
    std::uint16_t amqps = 0;
    std::uint16_t amqp = 0;
    std::uint16_t management = 0;
};

class emulator {
public:
    // Throws std::runtime_error where the hub cannot start: a port is taken, the data folder is in
    // use or damaged, the configuration or an authority's certificate is wrong. The message names
    // it and the remedy.
    explicit emulator(emulator_options options = {});
    ~emulator();
    emulator(emulator&&) noexcept;
    emulator& operator=(emulator&&) noexcept;

    // "HostName=…;SharedAccessKeyName=…;SharedAccessKey=…" of a shared access policy: iothubowner,
    // service, device, registryRead or registryReadWrite; std::invalid_argument for any other.
    std::string connection_string(std::string_view policy = "iothubowner") const;

    // A connection string of a device or module. What does not exist yet is created first.
    // std::runtime_error where an id is not valid or the hub has stopped.
    std::string device_connection_string(const std::string& device_id);
    std::string module_connection_string(const std::string& device_id,
                                         const std::string& module_id);

    // The certificate to trust: as PEM text, and as a file (a temporary one for a hub in memory,
    // which goes with the hub).
    const std::string& ca_pem() const;
    std::filesystem::path ca_file();

    emulator_ports ports() const;

    // Telemetry received, and waiting for it. std::invalid_argument where the query is not valid,
    // std::runtime_error where the hub stops meanwhile.
    event_page events(const event_query& query = {});

    // Enqueues a cloud-to-device message; its sequence number. std::runtime_error where there is no
    // such identity, or 50 messages wait already; std::invalid_argument where the message is not
    // valid.
    std::uint64_t send_message(const std::string& device_id, const std::string& module_id,
                               const cloud_message& message);
    std::uint64_t send_message(const std::string& device_id, const cloud_message& message) {
        return send_message(device_id, {}, message);
    }

    // Whoever connected since the start, or was refused: the newest 1,000, in the order of ids.
    std::vector<connection_state> connections();

    // Cuts the connection of a device (with its modules) or of a module; false where there is none.
    bool disconnect(const std::string& device_id, const std::string& module_id = {});

    // Identities with their keys and twins as JSON text, {"devices":[…]}, and back: each identity
    // that the text names is added or replaced. std::invalid_argument with the place of a mistake,
    // and then nothing was changed.
    std::string export_registry();
    void import_registry(std::string_view document);

    // Begins anew, for the next test: everyone is disconnected; identities, twins, messages and
    // telemetry are gone. `seed` puts back what the configuration names.
    void reset(reset_to state = reset_to::empty);

    // Ends every connection and keeps what was acknowledged; a second call does nothing.
    void stop();

private:
    class running;
    struct owner {
        void operator()(running* hub) const;
    };
    std::unique_ptr<running, owner> running_;
};

} // namespace iothub
