#include <memory>
#include <optional>
#include <vector>

#include "bench/identities.hpp"
#include "bench/scenarios/scenarios.hpp"
#include "bench/wire/amqp_reader.hpp"
#include "support/mqtt_packets.hpp"

namespace iothub::bench {

namespace {

class publisher final : public mqtt_client, public requester {
public:
    publisher(reactor& loop, load& work, std::uint16_t port, const mqtt_login& who,
              std::size_t bytes)
        : mqtt_client(loop, port, who)
        , work_(work) {
        const std::string topic = "devices/" + who.client_id + "/messages/events/";
        packet_ = test::packet::publish_1(0, topic, std::string(bytes, 'x'));
        number_at_ = packet_.size() - bytes - 2;
    }

    void request(std::uint16_t number) override { publish(packet_, number_at_, number); }
    void flush() override { send_output(); }

private:
    void accepted() override { work_.joined(*this); }
    void acknowledged(std::uint16_t number) override { work_.answered(*this, number); }

    load& work_;
    std::string packet_;
    std::size_t number_at_;
};

// Of everything that devices send to mosquitto.
class subscriber final : public mqtt_client {
public:
    subscriber(reactor& loop, std::uint16_t port)
        : mqtt_client(loop, port, {"reader", "bench", "bench"}) {}

    bool attached() const { return attached_; }
    std::uint64_t count() const { return count_; }

private:
    void accepted() override { subscribe("devices/#"); }
    void subscribed() override { attached_ = true; }
    void message(std::string_view, std::string_view) override { ++count_; }

    bool attached_ = false;
    std::uint64_t count_ = 0;
};

template <class Reader>
std::function<std::uint64_t()> count_of(reactor& loop, std::shared_ptr<Reader> reader) {
    loop.run_until([&] { return reader->attached(); });
    return [reader] { return reader->count(); };
}

std::function<std::uint64_t()> start_reader(reactor& loop, const arguments& given) {
    constexpr unsigned partitions = 4;
    const std::string kind = given.text("reader", "none");
    if (kind == "mqtt") {
        return count_of(loop, std::make_shared<subscriber>(loop, given.port()));
    }
    if (kind == "amqp") {
        return count_of(loop, std::make_shared<amqp_reader>(loop, given.port("reader_port"),
                                                            owner_token(), partitions));
    }
    return {};
}

} // namespace

void publish(const arguments& given) {
    reactor loop;
    load_settings settings = settings_in(given);
    settings.counter = start_reader(loop, given);
    load work(loop, settings);
    std::vector<std::unique_ptr<publisher>> senders;
    for (std::size_t i = 0; i < given.count("connections"); ++i) {
        senders.push_back(std::make_unique<publisher>(
            loop, work, given.port(), login_at(given.text("target"), i), given.count("bytes")));
        loop.run_until([&] { return work.members() == senders.size(); });
    }
    print(work.run());
}

} // namespace iothub::bench
