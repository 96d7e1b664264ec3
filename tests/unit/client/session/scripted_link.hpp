#pragma once
// A hub_session without a network: links whose events the test writes and whose traffic it reads,
// clocks that the test moves, and a record of what the observer was told.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/src/session/hub_session.hpp"
#include "common/json.hpp"

namespace iothub::test {

// What one connection saw; outlives the link.
struct link_record {
    std::string password;
    std::vector<client::link_event> events; // the next ones
    std::vector<std::string> sent;          // "topic|payload", or "SUBSCRIBE filter filter"
    int last_packet_id = 0;
    bool disconnected = false; // by DISCONNECT
    bool destroyed = false;
};

class scripted_link final : public client::mqtt_link {
public:
    explicit scripted_link(std::shared_ptr<link_record> record)
        : record_(std::move(record)) {}
    ~scripted_link() override { record_->destroyed = true; }

    std::vector<client::link_event> take_events() override {
        return std::exchange(record_->events, {});
    }
    std::optional<int> subscribe(const std::vector<std::string>& filters) override {
        std::string text = "SUBSCRIBE";
        for (const std::string& filter : filters) {
            text += " " + filter;
        }
        record_->sent.push_back(text);
        return ++record_->last_packet_id;
    }
    std::optional<int> publish(const std::string& topic, std::string_view payload, int) override {
        record_->sent.push_back(topic + "|" + std::string(payload));
        return ++record_->last_packet_id;
    }
    void disconnect() override { record_->disconnected = true; }
    int descriptor() const override { return -1; }
    bool wants_write() const override { return false; }
    void process(short) override {}

private:
    std::shared_ptr<link_record> record_;
};

struct session_fixture : client::session_observer {
    using time_point = client::hub_session::time_point;

    std::vector<std::shared_ptr<link_record>> links; // of every attempt
    std::vector<std::string> statuses;
    std::vector<std::string> desired;
    std::vector<client::method_call> calls;
    std::vector<std::string> messages; // "input|properties|payload"
    std::vector<std::string> ended;    // "name", or "name:kind of error"
    time_point now{};
    timestamp wall = from_unix_seconds(1'700'000'000);
    client::session_settings settings;
    std::unique_ptr<client::hub_session> session;

    void start(const std::string& connection_text =
                   "HostName=h;DeviceId=d;SharedAccessKey=MDEyMzQ1Njc4OQ==") {
        const client::session_surroundings surroundings{
            .open_link =
                [this](const std::string& password) {
                    links.push_back(std::make_shared<link_record>());
                    links.back()->password = password;
                    return std::make_unique<scripted_link>(links.back());
                },
            .wall_clock = [this] { return wall; },
            .random = [] { return 0.0; }};
        session = std::make_unique<client::hub_session>(
            client::credentials(*connection_string::parse(connection_text), {}), settings,
            surroundings, *this);
    }

    link_record& link() { return *links.back(); }

    template <class Duration>
    void pass(Duration time) {
        now += time;
        wall += time;
        session->advance(now);
    }
    void go() { session->advance(now); }

    void event(client::link_event happened) {
        link().events.push_back(std::move(happened));
        go();
    }

    // The hub accepts the connection, and the subscriptions that are asked for then.
    void accept() { event(client::link_answered{0}); }
    void grant(std::size_t filters) {
        event(client::link_granted{link().last_packet_id, std::vector<bool>(filters, true)});
    }

    client::operation operation(client::operation_kind kind, const std::string& name) {
        return {.kind = kind,
                .topic = "events",
                .payload = name,
                .deadline = now + settings.operation_timeout,
                .done = [this, name](const client::outcome& result) {
                    ended.push_back(
                        result ? name : name + ":" + std::string(to_string(result.error().kind)));
                }};
    }
    void submit(client::operation_kind kind, const std::string& name) {
        session->submit(operation(kind, name));
        go();
    }
    void open() {
        session->open(operation(client::operation_kind::barrier, "open"));
        go();
    }

    // Answers the last request that was sent.
    void answer_last(int status, const std::string& payload) {
        const std::string& topic = link().sent.back();
        const std::size_t id = topic.find("$rid=") + 5;
        event(client::link_received{"$iothub/twin/res/" + std::to_string(status) +
                                        "/?$rid=" + topic.substr(id, topic.find('|') - id),
                                    payload});
    }

    void status_changed(connection_status status, connection_status_change_reason reason) override {
        statuses.push_back(std::string(to_string(status)) + "/" + std::string(to_string(reason)));
    }
    void desired_changed(const json& patch) override { desired.push_back(patch.dump()); }
    void method_called(const client::method_call& call) override { calls.push_back(call); }
    void message_received(const topics::message& topic, const std::string& payload) override {
        messages.push_back(topic.input + "|" + format_property_bag(topic.properties) + "|" +
                           payload);
    }
};

} // namespace iothub::test
