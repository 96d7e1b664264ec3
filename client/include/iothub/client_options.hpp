#pragma once
// How device and module clients connect. Every member has a default that suits IoT Hub.

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>

namespace iothub {

// Exponential backoff with jitter: the delay doubles from `initial_delay` to `max_delay`, and each
// one is shortened by a random part of up to a half. A connection that held for 10 seconds starts
// the row anew.
struct retry_policy {
    std::chrono::milliseconds initial_delay{250};
    std::chrono::milliseconds max_delay{10'000};

    // How long to go on without a connection before the status becomes Disconnected/Retry_Expired;
    // zero: for ever.
    std::chrono::milliseconds max_duration{0};
};

struct client_options {
    // Certificates of authorities to trust besides the system's store: a PEM file, or PEM text.
    // Where both are empty, the files named by the variables EdgeModuleCACertificateFile and
    // SSL_CERT_FILE are used, where those are set.
    std::string ca_file;
    std::string ca_pem;

    // X.509 authentication, instead of a key in the connection string: the certificate, with its
    // chain if any, and its private key, each as a PEM file or as PEM text. A module's certificate
    // has the common name `{device id}/{module id}`.
    std::string certificate_file;
    std::string certificate_pem;
    std::string private_key_file;
    std::string private_key_pem;

    // Nothing: the port in GatewayHostName or HostName ("host:8884"), else 8883.
    std::optional<std::uint16_t> port;

    // 5 s to 1177 s, the longest that IoT Hub keeps. A dead peer is noticed within twice this time.
    std::chrono::seconds keep_alive{60};

    // How long any one call may take, connecting included.
    std::chrono::milliseconds operation_timeout{60'000};

    retry_policy retry;

    // The life of the SAS tokens that are made from a shared access key (at least 10 s), and the
    // part of it, in percent, after which the client reconnects with a fresh one.
    std::chrono::seconds sas_token_lifetime{3600};
    int sas_renewal_percent = 85;

    std::string model_id;     // IoT Plug and Play: "dtmi:com:example:Thermostat;1"
    std::string product_info; // added to the client type that the hub is told

    // Gets what a callback of yours threw; it is dropped otherwise.
    std::function<void(std::exception_ptr)> callback_error_handler;
};

} // namespace iothub
