#include "client/src/connection_text.hpp"

#include <map>

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::client::module_connection_text;

namespace {

iothub::client::environment variables(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace

TEST_CASE("EdgeHubConnectionString stands before IotHubConnectionString") {
    CHECK(module_connection_text(variables(
              {{"EdgeHubConnectionString", "edge"}, {"IotHubConnectionString", "hub"}})) == "edge");
    CHECK(module_connection_text(variables({{"IotHubConnectionString", "hub"}})) == "hub");
    CHECK(module_connection_text(variables(
              {{"EdgeHubConnectionString", ""}, {"IotHubConnectionString", "hub"}})) == "hub");
    CHECK(module_connection_text(variables({{"EdgeHubConnectionString", "edge"},
                                            {"IOTEDGE_WORKLOADURI", "unix:///w"}})) == "edge");
}

TEST_CASE("an environment without a connection string says what is missing") {
    CHECK_THROWS_AS(module_connection_text(variables({})), iothub::argument_invalid);
    CHECK_THROWS_WITH(module_connection_text(variables({})),
                      "Neither EdgeHubConnectionString nor IotHubConnectionString is set");
    CHECK_THROWS_WITH(
        module_connection_text(variables({{"IOTEDGE_WORKLOADURI", "unix:///run/w.sock"}})),
        Catch::Contains("the workload API of IoT Edge is not supported") &&
            !Catch::Contains("w.sock"));
}
