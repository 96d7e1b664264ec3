#include "emulator/core/limits/limit_profile.hpp"

#include <string>

#include "support/catch.hpp"

namespace iothub::core {

namespace {

rate of(std::string_view profile, meter on) {
    return find_limit_profile(profile)->rates[static_cast<std::size_t>(on)];
}

} // namespace

TEST_CASE("profiles are found by their names, exactly", "[limits]") {
    for (const limit_profile& profile : limit_profiles()) {
        CHECK(find_limit_profile(profile.name) == &profile);
        CHECK(profile.throttles == (profile.name != "off"));
    }
    CHECK(limit_profiles().size() == 5);
    for (const char* unknown : {"", "s1", "S4", "B1", "OFF", "S1 "}) {
        CHECK(find_limit_profile(unknown) == nullptr);
    }
}

TEST_CASE("a tier that is on limits everything", "[limits]") {
    for (const limit_profile& profile : limit_profiles().subspan(1)) {
        INFO(profile.name);
        for (const rate& one : profile.rates) {
            CHECK(one.per_second > 0);
            CHECK(one.at_once >= one.per_second);
        }
        CHECK(profile.messages_per_day > 0);
        CHECK(profile.max_active_jobs > 0);
        CHECK(profile.max_configurations > 0);
    }
}

TEST_CASE("the figures of the tiers", "[limits]") {
    CHECK(of("S1", meter::registry).per_second * 60 == Approx(100));
    CHECK(of("S3", meter::registry).per_second * 60 == Approx(5000));
    CHECK(of("F1", meter::queries).per_second * 60 == Approx(20));
    CHECK(of("S1", meter::twin_reads).per_second == Approx(100));
    CHECK(of("S3", meter::twin_updates).per_second == Approx(250));
    CHECK(of("S2", meter::d2c_sends).per_second == Approx(120));
    CHECK(of("S3", meter::connections).per_second == Approx(6000));
    CHECK(of("S1", meter::methods).per_second * 4 == Approx(160)); // KB
    CHECK(of("S3", meter::configurations).per_second * 60 == Approx(20));
    CHECK(find_limit_profile("F1")->messages_per_day == 8'000);
    CHECK(find_limit_profile("F1")->message_unit == 512);
    CHECK(find_limit_profile("F1")->max_devices == 500);
    CHECK(find_limit_profile("S3")->messages_per_day == 300'000'000);
    CHECK(find_limit_profile("S2")->max_active_jobs == 5);
}

TEST_CASE("every operation has a name of its own", "[limits]") {
    for (std::size_t i = 0; i < operation_count; ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            CHECK(operation_name(static_cast<operation>(i)) !=
                  operation_name(static_cast<operation>(k)));
        }
    }
    CHECK(operation_name(operation::registry_read) == "RegistryRead");
    CHECK(operation_name(operation::configuration_write) == "ConfigurationWrite");
    CHECK(operation_name(operation::file_upload) == "FileUpload");
    CHECK(meter_of(operation::registry_write) == meter_of(operation::registry_read));
    CHECK(meter_of(operation::file_upload) == meter::file_uploads);
    CHECK(meter_of(operation::connection) == meter::connections);
}

} // namespace iothub::core
