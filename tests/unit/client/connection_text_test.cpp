#include "client/src/connection_text.hpp"

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"
#include "unit/client/environment_of.hpp"

using iothub::client::module_connection_text;
using iothub::test::environment_of;

TEST_CASE("EdgeHubConnectionString stands before IotHubConnectionString") {
    CHECK(module_connection_text(environment_of(
              {{"EdgeHubConnectionString", "edge"}, {"IotHubConnectionString", "hub"}})) == "edge");
    CHECK(module_connection_text(environment_of({{"IotHubConnectionString", "hub"}})) == "hub");
    CHECK(module_connection_text(environment_of(
              {{"EdgeHubConnectionString", ""}, {"IotHubConnectionString", "hub"}})) == "hub");
    CHECK(module_connection_text(environment_of({{"EdgeHubConnectionString", "edge"},
                                                 {"IOTEDGE_WORKLOADURI", "unix:///w"}})) == "edge");
}

TEST_CASE("an environment without a connection string says what is missing") {
    CHECK_THROWS_AS(module_connection_text(environment_of({})), iothub::argument_invalid);
    CHECK_THROWS_WITH(module_connection_text(environment_of({})),
                      "Neither EdgeHubConnectionString nor IotHubConnectionString is set");
    CHECK_THROWS_WITH(
        module_connection_text(environment_of({{"IOTEDGE_WORKLOADURI", "unix:///run/w.sock"}})),
        Catch::Contains("the workload API of IoT Edge is not supported") &&
            !Catch::Contains("w.sock"));
}
