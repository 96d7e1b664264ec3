#include "emulator/app/management_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <optional>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/percent_encoding.hpp"
#include "emulator/app/ready_file.hpp"

namespace iothub::app {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::chrono::seconds patience{5};

struct answer {
    unsigned status = 0;
    std::string body;
};

// By the ready file that was named, the port that was, the folder's own ready file, or the default.
management_place place_of(const options& o) {
    if (auto told = management_place_in(o.ready_file)) {
        return *std::move(told);
    }
    if (!o.management_port) {
        if (auto told = management_place_in(own_ready_file(o))) {
            return *std::move(told);
        }
    }
    return {o.host, o.management_port.value_or(default_management_port)};
}

// One step of the conversation at a time: runs the loop until the step is done.
class conversation {
public:
    explicit conversation(const management_place& hub)
        : stream_(loop_) {
        const auto address = asio::ip::make_address(loopback_if_any(hub.host));
        stream_.expires_after(patience);
        stream_.async_connect(asio::ip::tcp::endpoint(address, hub.port),
                              [this](beast::error_code ec) { failure_ = ec; });
        finish_step();
    }

    answer get(const std::string& target, const std::string& host) {
        http::request<http::empty_body> request{http::verb::get, target, 11};
        request.set(http::field::host, host);
        http::async_write(stream_, request,
                          [this](beast::error_code ec, std::size_t) { failure_ = ec; });
        finish_step();
        beast::flat_buffer buffer;
        http::response<http::string_body> response;
        http::async_read(stream_, buffer, response,
                         [this](beast::error_code ec, std::size_t) { failure_ = ec; });
        finish_step();
        return {response.result_int(), std::move(response.body())};
    }

private:
    void finish_step() {
        loop_.restart();
        loop_.run();
        if (failure_) {
            throw beast::system_error(failure_);
        }
    }

    asio::io_context loop_{1};
    beast::tcp_stream stream_;
    beast::error_code failure_;
};

// Nothing where no hub answers, which was then said.
std::optional<answer> ask(const options& o, const std::string& target) {
    const management_place hub = place_of(o);
    try {
        return conversation(hub).get(target, authority_of(hub.host, hub.port));
    } catch (const boost::system::system_error& failure) {
        fmt::print(
            stderr,
            "iothub-emulator: no hub answers on the management port {} of {} ({}); start one, "
            "or name it with --data-dir, --management-port or --ready-file\n",
            hub.port, hub.host, failure.code().message());
        return std::nullopt;
    }
}

std::string target_of(const command& c) {
    std::string target = "/api/connection-strings";
    if (!c.device_id.empty()) {
        target += "?device=" + percent_encode(c.device_id);
    }
    if (!c.module_id.empty()) {
        target += "&module=" + percent_encode(c.module_id);
    }
    return target;
}

// What the command asks for, out of the management API's document.
std::string pick(const command& c, const json& document) {
    if (c.event_hubs) {
        return document.value("eventHubs", "");
    }
    if (!c.device_id.empty()) {
        return document.value("connectionString", "");
    }
    return document.contains("service") ? document.at("service").value(c.policy, "") : "";
}

int complain(const std::string& what) {
    fmt::print(stderr, "iothub-emulator: {}\n", what);
    return 1;
}

} // namespace

int print_connection_string(const command& c) {
    const auto answered = ask(c.options, target_of(c));
    if (!answered) {
        return 1;
    }
    if (answered->status == 404) {
        return complain("the hub knows no such device or module; create it first, for example with "
                        "create-identities");
    }
    const auto document = parse_json(answered->body);
    const std::string text = document && document->is_object() ? pick(c, *document) : "";
    if (text.empty()) {
        return complain("the hub has no policy named " + c.policy);
    }
    fmt::print("{}\n", text);
    return 0;
}

int check_health(const command& c) {
    const auto answered = ask(c.options, "/health");
    if (!answered) {
        return 1;
    }
    fmt::print("{}\n", answered->body);
    return answered->status == 200 ? 0 : 1;
}

} // namespace iothub::app
