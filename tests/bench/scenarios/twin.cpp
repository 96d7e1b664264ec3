#include <charconv>
#include <memory>
#include <stdexcept>
#include <vector>

#include "bench/identities.hpp"
#include "bench/scenarios/scenarios.hpp"
#include "common/hub_topics.hpp"
#include "support/mqtt_packets.hpp"

namespace iothub::bench {

namespace {

// Reported properties that make a twin of about 2 KB with what the hub keeps beside them.
std::string first_patch() {
    std::string patch = "{\"count\":0";
    for (char name = 'a'; name < 'i'; ++name) {
        patch += std::string(",\"") + name + "\":\"" + std::string(180, name) + "\"";
    }
    return patch + "}";
}

class twin_user final : public mqtt_client, public requester {
public:
    twin_user(reactor& loop, load& work, std::uint16_t port, std::size_t identity, bool patches)
        : mqtt_client(loop, port, hub_login(identity))
        , work_(work)
        , patches_(patches) {}

    void request(std::uint16_t number) override {
        const std::string rid = std::to_string(number);
        if (patches_) {
            patch(rid, "{\"count\":" + std::to_string(++sent_) + "}");
        } else {
            output() += test::packet::publish(topics::twin_get_topic(rid), "");
        }
    }
    void flush() override { send_output(); }

private:
    void accepted() override { subscribe(std::string(topics::twin_response_filter)); }
    void subscribed() override { patch("first", first_patch()); }

    void patch(const std::string& rid, const std::string& properties) {
        output() += test::packet::publish(topics::reported_patch_topic(rid), properties);
    }

    // "$iothub/twin/res/204/?$rid=7&$version=4"
    void message(std::string_view topic, std::string_view) override {
        if (topic.substr(17, 3) != (patches_ || !joined_ ? "204" : "200")) {
            throw std::runtime_error("the hub answers on " + std::string(topic));
        }
        if (joined_) {
            const std::string_view rid = topic.substr(topic.find("$rid=") + 5);
            std::uint16_t number = 0;
            std::from_chars(rid.data(), rid.data() + rid.size(), number);
            work_.answered(*this, number);
        } else {
            joined_ = true;
            work_.joined(*this);
        }
    }

    load& work_;
    bool patches_;
    bool joined_ = false;
    std::uint64_t sent_ = 0;
};

} // namespace

void twin(const arguments& given) {
    reactor loop;
    load work(loop, settings_in(given));
    std::vector<std::unique_ptr<twin_user>> users;
    for (std::size_t i = 0; i < given.count("connections"); ++i) {
        users.push_back(std::make_unique<twin_user>(loop, work, given.port(), i,
                                                    given.text("operation") == "patch"));
        loop.run_until([&] { return work.members() == users.size(); });
    }
    print(work.run());
}

} // namespace iothub::bench
