#include "emulator/app/listeners.hpp"

#include <fmt/format.h>

#include "emulator/app/start_up_error.hpp"

namespace iothub::app {

namespace {

constexpr std::uint16_t unprivileged_https_port = 8443;

std::string remedy(const net::listen_error& failure, const char* option) {
    if (failure.code == boost::system::errc::permission_denied) {
        return fmt::format("start with {} and a port above 1023, as root, or after "
                           "`setcap cap_net_bind_service=+ep` on the program",
                           option);
    }
    if (failure.code == boost::system::errc::address_in_use) {
        return fmt::format(
            "stop what uses it, choose another with {}, or listen on another address "
            "with --host 127.0.0.2",
            option);
    }
    return "choose an address of this machine with --host";
}

} // namespace

listeners::listeners(boost::asio::io_context& loop, const options& o,
                     std::shared_ptr<net::tls_context> tls, handlers accept, iothub::log& log)
    : loop_(loop)
    , log_(log)
    , host_(o.host)
    , connections_(std::make_shared<net::connection_set>()) {
    ports_.https =
        bind_https({"https", "--https-port", tls, std::move(accept.https)}, o.https_port);
    ports_.mqtts = bind({"mqtt", "--mqtts-port", tls, std::move(accept.mqtts)}, o.mqtts_port);
    ports_.amqps =
        bind({"amqps", "--amqps-port", tls, std::move(accept.amqps), true}, o.amqps_port);
    ports_.amqp = bind({"amqp", "--amqp-port", nullptr, std::move(accept.amqp), true}, o.amqp_port);
    ports_.management =
        bind({"management", "--management-port", nullptr, std::move(accept.management)},
             o.management_port.value_or(default_management_port));
}

net::listener::open_result listeners::open(const purpose& p, const std::string& address,
                                           std::uint16_t port) {
    net::listener_options wanted;
    wanted.address = address;
    wanted.port = port;
    wanted.tls = p.tls;
    wanted.connections = connections_;
    wanted.acknowledge_at_once = p.acknowledge_at_once;
    wanted.on_accept = p.accept;
    wanted.on_refusal = [this, name = std::string(p.name)](std::string_view line) {
        log_.write(log_level::warning, name, line);
    };
    auto opened = net::listener::open(loop_, std::move(wanted));
    if (opened) {
        open_.push_back(*opened);
    }
    return opened;
}

std::uint16_t listeners::bind(const purpose& p, std::uint16_t port) {
    const auto opened = open(p, host_, port);
    if (!opened) {
        throw start_up_error(fmt::format("{}: {}; {}", p.name, opened.error().message,
                                         remedy(opened.error(), p.option)));
    }
    bind_ipv6_loopback(p, (*opened)->port());
    return (*opened)->port();
}

std::uint16_t listeners::bind_https(const purpose& p, std::optional<std::uint16_t> port) {
    if (port) {
        return bind(p, *port);
    }
    const auto opened = open(p, host_, default_https_port);
    if (opened) {
        bind_ipv6_loopback(p, default_https_port);
        return default_https_port;
    }
    if (opened.error().code != boost::system::errc::permission_denied) {
        return bind(p, default_https_port); // the same failure, told with its remedy
    }
    log_.write(
        log_level::warning, p.name,
        "port 443 may not be bound by this user, so 8443 is used; service SDKs and WebSocket "
        "transports need 443");
    return bind(p, unprivileged_https_port);
}

// Many programs resolve localhost to ::1 first.
void listeners::bind_ipv6_loopback(const purpose& p, std::uint16_t port) {
    if (host_ != "127.0.0.1") {
        return;
    }
    if (const auto opened = open(p, "::1", port); !opened) {
        log_.write(log_level::debug, p.name, "not on IPv6: " + opened.error().message);
    }
}

void listeners::stop() {
    for (const auto& one : open_) {
        one->stop();
    }
}

} // namespace iothub::app
