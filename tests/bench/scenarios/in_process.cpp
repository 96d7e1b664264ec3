#include <iothub/emulator.hpp>

#include <algorithm>
#include <chrono>
#include <vector>

#include "bench/scenarios/scenarios.hpp"
#include "bench/scenarios/sessions.hpp"
#include "common/connection_string.hpp"
#include "common/hub_topics.hpp"
#include "common/sas_token.hpp"
#include "support/mqtt_packets.hpp"

namespace iothub::bench {

namespace {

mqtt_login login_of(const std::string& text) {
    const auto parts = connection_string::parse(text).value();
    const auto expiry =
        std::chrono::floor<ticks>(std::chrono::system_clock::now()) + std::chrono::hours(1);
    const std::string path =
        parts.host_name + "/devices/" + parts.device_id + "/modules/" + parts.module_id;
    return {parts.device_id + "/" + parts.module_id,
            parts.host_name + "/" + parts.device_id + "/" + parts.module_id +
                "/?api-version=2021-04-12",
            make_sas_token(path, parts.shared_access_key, expiry).value()};
}

void round() {
    emulator hub;
    const mqtt_login who = login_of(hub.module_connection_string("d", "m"));
    reactor loop;
    session_user user(loop, hub.ports().mqtts, who, std::string(topics::twin_response_filter));
    loop.run_until([&] { return user.established(); });
    user.output() += test::packet::publish(topics::twin_get_topic("1"), "");
    user.send_output();
    loop.run_until([&] { return user.messages() == 1; });
}

} // namespace

void in_process(const arguments& given) {
    using steady = std::chrono::steady_clock;
    std::vector<double> taken;
    for (std::size_t i = 0; i < given.count("rounds"); ++i) {
        const auto start = steady::now();
        round();
        taken.push_back(std::chrono::duration<double, std::milli>(steady::now() - start).count());
    }
    std::ranges::sort(taken);
    print_ms(taken.at(taken.size() / 2));
}

} // namespace iothub::bench
