#pragma once
// The MQTT link over libmosquitto and TLS. A new library handle for every connection: so each one
// has a fresh password and nothing of an old one is sent again behind the session's back. All calls
// come from the one thread of client_loop.

#include <chrono>
#include <memory>
#include <string>

#include "client/src/mqtt/mqtt_link.hpp"
#include "client/src/security/tls_context.hpp"
#include "client/src/session/endpoint.hpp"

struct mosquitto;
struct mosquitto_message;

namespace iothub::client {

struct link_settings {
    endpoint server;
    std::string client_id;
    std::string user_name;
    std::chrono::seconds keep_alive{60};
};

class mosquitto_link final : public mqtt_link {
public:
    // Begins to connect. Waits for name resolution, and for nothing else; failures are events.
    // `tls` must outlive the link.
    mosquitto_link(const link_settings& settings, const std::string& password, tls_context& tls);
    ~mosquitto_link() override;

    std::vector<link_event> take_events() override;
    std::optional<int> subscribe(const std::vector<std::string>& filters) override;
    std::optional<int> publish(const std::string& topic, std::string_view payload,
                               int qos) override;
    void disconnect() override;
    int descriptor() const override;
    bool wants_write() const override;
    void process(short ready) override;

private:
    struct deleter {
        void operator()(mosquitto* handle) const;
    };

    void begin(const char* bind_address);
    void set_callbacks();
    void connect(const char* bind_address);
    bool tcp_connected(short ready);
    int tcp_failure() const;
    bool try_version_4();
    void read_all();
    void lose(int library_error);
    void lose(loss kind, std::string reason);
    std::optional<int> sent(int library_error, int packet_id);

    static void on_connect(mosquitto*, void* self, int return_code);
    static void on_subscribe(mosquitto*, void* self, int id, int count, const int* granted);
    static void on_publish(mosquitto*, void* self, int packet_id);
    static void on_message(mosquitto*, void* self, const mosquitto_message* message);
    static void on_log(mosquitto*, void* self, int level, const char* text);

    link_settings settings_;
    std::string password_;
    tls_context& tls_;
    std::unique_ptr<mosquitto, deleter> handle_;
    std::vector<link_event> events_;
    std::string tls_error_; // what the library logged of TLS, its only way to tell
    int connect_errno_ = 0; // what the library met while it began to connect
    bool only_version_4_ = false;
    bool tcp_connected_ = false;
    bool lost_ = false;
};

} // namespace iothub::client
