#pragma once
// A hub in memory with its management port, asked over a stream without a socket.

#include <boost/asio/io_context.hpp>

#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/security/certificate_verifier.hpp"
#include "emulator/management/activity.hpp"
#include "emulator/management/events/audience.hpp"
#include "emulator/management/responses.hpp"
#include "emulator/management/session.hpp"
#include "emulator/management/surroundings.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/fake_stream.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

struct answer {
    int status = 0; // 0: there is none yet
    std::string head;
    std::string body;

    json document() const { return json::parse(body); }
    std::string error() const { return document().at("error"); }
};

// The first response in `bytes`.
inline answer read_answer(const std::string& bytes) {
    answer read;
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end != bytes.npos) {
        read.head = bytes.substr(0, end + 2);
        read.body = bytes.substr(end + 4);
        std::from_chars(bytes.data() + 9, bytes.data() + 12, read.status);
    }
    return read;
}

// Takes texts that begin with "CA " for certificates of an authority.
class fake_certificates final : public core::certificate_verifier {
public:
    result<certificate_facts> describe(std::string_view) const override { return no(); }
    result<ca_certificate> read_authority(std::string_view pem) const override {
        if (!pem.starts_with("CA ")) {
            return no();
        }
        ca_certificate known{std::string(pem), {}};
        known.facts.subject = "CN=" + std::string(pem.substr(3));
        known.facts.sha1 = "0A1B";
        known.facts.not_after = from_unix_seconds(1'900'000'000);
        return known;
    }
    result<> verify(std::span<const std::string>, std::span<const std::string>,
                    timestamp) const override {
        return no();
    }

private:
    static error no() { return {errc::argument_invalid, "it is no certificate"}; }
};

class managed_hub {
public:
    managed_hub() { hub.events().watch(audience); }

    // Lets connections and their streams go of each other.
    ~managed_hub() {
        for (const auto& stream : streams_) {
            stream->finish();
        }
        run();
    }
    managed_hub(const managed_hub&) = delete;
    managed_hub& operator=(const managed_hub&) = delete;

    // A connection of a client to the management port.
    std::shared_ptr<fake_stream> connect() {
        auto stream = std::make_shared<fake_stream>();
        management::serve(std::make_shared<management::surroundings>(around), loop.get_executor(),
                          stream);
        streams_.push_back(stream);
        return stream;
    }

    // Headers are "Name: value\r\n" each.
    static std::string request(std::string_view method, std::string_view target,
                               std::string_view body = {}, std::string_view headers = {}) {
        std::string text;
        text.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
        text.append(headers.find("Host:") == headers.npos ? "Host: localhost:5380\r\n" : "");
        text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
        return text.append(headers).append("\r\n").append(body);
    }

    // Asks on a connection of its own, and ends the turn.
    answer ask(std::string_view method, std::string_view target, std::string_view body = {},
               std::string_view headers = {}) {
        const auto stream = connect();
        stream->deliver(request(method, target, body, headers));
        hub.end_turn();
        const answer got = read_answer(stream->take_sent());
        stream->finish();
        return got;
    }
    answer get(std::string_view target) { return ask("GET", target); }

    void create(const identity_key& key) {
        core::identity_request wanted;
        wanted.key = key;
        hub.identities().put(wanted, {}).value();
    }

    // Telemetry, kept at once.
    void send(const identity_key& key, const std::string& body, property_bag properties = {}) {
        core::device_principal sender{};
        sender.key = key;
        sender.generation_id = "638";
        sender.auth_method = R"({"scope":"device"})";
        hub.take(sender, {{{"message-id", "1"}}, std::move(properties), body});
        hub.end_turn();
    }

    // Time passes for those who wait.
    template <class Duration>
    void pass(Duration time) {
        clock.advance(time);
        audience->advance(clock.now());
        run();
    }
    void run() {
        loop.restart();
        loop.poll();
    }

    storage::memory_store memory;
    faulty_store store{memory};
    manual_clock clock;
    fixed_ids ids;
    recording_log journal;
    fake_certificates certificates;
    management::activity happened{journal, clock};
    core::hub hub{store, clock, ids, happened, settings()};
    boost::asio::io_context loop;
    std::optional<std::string> trouble;
    std::shared_ptr<http_codec::exchange> later; // that asked the REST interface for "/later"
    std::vector<std::string> done;               // what the program around the hub was told to do
    std::shared_ptr<management::event_audience> audience =
        std::make_shared<management::event_audience>(hub);

    management::surroundings around{
        .hub = hub,
        .host_names = {"localhost"},
        .unhealthy = [this] { return trouble; },
        .unready = [this] { return trouble; },
        .ca_certificate = [] { return std::string("-----BEGIN CERTIFICATE-----\n"); },
        .strings =
            [] {
                return management::connection_strings{
                    {{"iothubowner", "HostName=localhost;SharedAccessKeyName=iothubowner"},
                     {"service", "HostName=localhost;SharedAccessKeyName=service"}},
                    "Endpoint=sb://localhost;UseDevelopmentEmulator=true",
                    "/data/ca.pem"};
            },
        .identity_string =
            [](const core::identity& id) { return "the string of " + id.key.text(); },
        .count_identities = [this] { return store.count_identities(); },
        .audience = audience,
        .export_registry = [this](std::string_view device) { return export_registry(device); },
        .export_devices =
            [](std::string_view after, std::size_t limit) {
                return std::to_string(limit) + " after '" + std::string(after) + "'";
            },
        .import_registry = [this](std::string_view text) { return import_registry(text); },
        .reset = [this](bool seeded) { done.emplace_back(seeded ? "to seed" : "to empty"); },
        .service =
            [this](const auto& exchange, const std::string& target) {
                done.push_back(exchange->asked().method + " " + target);
                if (target == "/later") {
                    later = exchange;
                } else {
                    exchange->reply({200, management::for_browsers(), exchange->asked().body});
                }
            },
        .about = [] { return std::string(R"({"version":"1"})"); },
        .happened = &happened,
    };

private:
    core::hub_settings settings() {
        core::hub_settings wanted;
        wanted.certificates = &certificates;
        return wanted;
    }
    result<std::string> export_registry(std::string_view device) {
        if (device == "unknown") {
            return error{errc::device_not_found, "There is no such device."};
        }
        return R"({"devices":["of )" + std::string(device) + R"("]})";
    }
    result<> import_registry(std::string_view text) {
        if (text.empty()) {
            return error{errc::argument_invalid, "\"devices[0]\" is wrong"};
        }
        done.emplace_back(text);
        return {};
    }

    std::vector<std::shared_ptr<fake_stream>> streams_;
};

} // namespace iothub::test
