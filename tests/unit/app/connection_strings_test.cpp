#include "emulator/app/connection_strings.hpp"

#include "support/catch.hpp"

using namespace iothub;
using app::connection_strings;

namespace {

const core::access_policy owner{"iothubowner", "cHJpbWFyeQ==", "c2Vjb25kYXJ5", 15};

core::identity module_with_key() {
    core::identity id;
    id.key = {"d", "m"};
    id.authentication.primary_key = "a2V5";
    return id;
}

} // namespace

TEST_CASE("connection strings: standard ports are not written") {
    const connection_strings strings("hub.example", {443, 8883, 5671, 5672, 5380});
    CHECK(strings.of_policy(owner) ==
          "HostName=hub.example;SharedAccessKeyName=iothubowner;SharedAccessKey=cHJpbWFyeQ==");
    CHECK(strings.of_identity(module_with_key()) ==
          "HostName=hub.example;DeviceId=d;ModuleId=m;SharedAccessKey=a2V5");
    CHECK(strings.of_event_hubs(owner) ==
          "Endpoint=sb://hub.example;SharedAccessKeyName=iothubowner;"
          "SharedAccessKey=cHJpbWFyeQ==;UseDevelopmentEmulator=true");
}

TEST_CASE("connection strings: another port stands behind the host, each protocol its own") {
    const connection_strings strings("localhost", {8443, 8884, 5681, 5682, 5380});
    CHECK(strings.of_policy(owner).starts_with("HostName=localhost:8443;"));
    CHECK(strings.of_identity(module_with_key()).starts_with("HostName=localhost:8884;"));
    CHECK(strings.of_event_hubs(owner).starts_with("Endpoint=sb://localhost:5682;"));
}

TEST_CASE("connection strings: an identity without a key has a certificate") {
    core::identity id;
    id.key = {"d", ""};
    id.authentication.type = core::authentication_type::self_signed;
    const connection_strings strings("localhost", {443, 8883, 0, 0, 5380});
    CHECK(strings.of_identity(id) == "HostName=localhost;DeviceId=d;x509=true");
}
