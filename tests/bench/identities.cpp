#include "bench/identities.hpp"

#include <chrono>

#include "common/base64.hpp"
#include "common/sas_token.hpp"

namespace iothub::bench {

namespace {

constexpr std::string_view owner_key = "NbSsS+SOW0g/Pu1Gab/YivBm/s12ee/3CJmZUZ7GNZc=";

timestamp in_an_hour() {
    return std::chrono::floor<ticks>(std::chrono::system_clock::now()) + std::chrono::hours(1);
}

// 32 bytes.
std::string device_key(std::size_t number) {
    const std::string digits = std::to_string(number);
    return base64_encode("key of a device of the bench" + std::string(8 - digits.size(), '0') +
                         digits);
}

} // namespace

std::string device_id(std::size_t number) {
    return "d" + std::to_string(number);
}

mqtt_login hub_login(std::size_t number) {
    const std::string id = device_id(number);
    return {id, "localhost/" + id + "/?api-version=2021-04-12",
            make_sas_token("localhost/devices/" + id, device_key(number), in_an_hour()).value()};
}

mqtt_login broker_login(std::size_t number) {
    return {device_id(number), "bench", "bench"};
}

mqtt_login login_at(const std::string& target, std::size_t number) {
    return target == "hub" ? hub_login(number) : broker_login(number);
}

std::string owner_token() {
    return make_sas_token("localhost", owner_key, in_an_hour(), "iothubowner").value();
}

} // namespace iothub::bench
