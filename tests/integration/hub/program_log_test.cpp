// What the program says on standard error: no key that is a secret, nothing that a peer could
// forge, and a warning where everybody knows the keys.

#include <iothub/registry_client.hpp>

#include <cstdlib>
#include <string>

#include "integration/hub/hub_process.hpp"
#include "integration/hub/raw_device.hpp"
#include "integration/hub/text_files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using test::read;

namespace {

const std::string own_key = "a2V5IG9mIGEgdGVzdCwgYSBzZWNyZXQ=";

// A configuration with one policy of its own.
std::string own_policies(const test::temporary_folder& folder) {
    const std::string file = folder / "policies.json";
    test::write(file, R"({"policies": [{"name": "tests", "primaryKey": ")" + own_key +
                          R"(", "secondaryKey": ")" + own_key +
                          R"(", "permissions": ["registryRead", "registryWrite"]}]})");
    return file;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

std::string first_line_with(const std::string& text, const std::string& part) {
    const auto end = text.find('\n', text.find(part));
    return text.substr(text.rfind('\n', end - 1) + 1, end - text.rfind('\n', end - 1) - 1);
}

// Warnings of the published keys by a hub with these options.
std::size_t warnings(std::vector<std::string> options) {
    const test::temporary_folder folder;
    options.emplace_back("--in-memory");
    const test::hub_process hub(folder.path(), options);
    return count_of(read(folder / "errors"), "published keys");
}

// All that a hub says on standard error at the level warning while a device publishes to an odd
// topic.
std::string said_of_odd_topic(const std::string& format) {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path(), {"--log-level", "warning", "--log-format", format});
    registry_options trust;
    trust.ca_file = hub.ca_file();
    registry_client::create_from_connection_string(hub.connection_string(), trust)
        .add_device({.device_id = "d"});
    test::publish_to_odd_topic(hub.ready().at("ports").at("mqtts"), "d",
                               test::token_for_all(hub.connection_string()));
    CHECK(hub.terminate() == 0);
    return read(folder / "errors");
}

} // namespace

TEST_CASE("what a peer sends reaches the log as text on one line, without its token") {
    for (const char* format : {"text", "json"}) {
        INFO(format);
        const std::string said = said_of_odd_topic(format);
        INFO(said);
        CHECK(test::is_one_line(said));
        CHECK(count_of(said, "[redacted]") == 1);
        CHECK(count_of(said, "forged line") == 1);
        CHECK(count_of(said, "TOPSECRET") == 0);
        CHECK(count_of(said, "\x1b") == 0);
        CHECK(count_of(said, "\\u001b") == 0);
        CHECK(nlohmann::json::accept(said) == (format == std::string("json")));
    }
}

TEST_CASE("a hub with the published keys prints its connection string to paste") {
    const test::temporary_folder folder;
    const test::hub_process hub(folder.path());
    CHECK_THAT(read(folder / "errors"), Catch::Contains("  export IOTHUB_CONNECTION_STRING='" +
                                                        hub.connection_string() + "'\n"));
}

TEST_CASE("a hub with keys of its own prints the command that tells them, and no key") {
    const test::temporary_folder folder;
    const test::hub_process hub(folder.path(), {"--config", own_policies(folder)});
    const std::string said = read(folder / "errors");
    CHECK_THAT(said, !Catch::Contains(own_key));
    const std::string line = first_line_with(said, "IOTHUB_CONNECTION_STRING");
    CHECK_THAT(line, Catch::Contains(" connection-string --data-dir ") &&
                         Catch::EndsWith(" --policy tests)\""));
    const std::string told = folder / "told";
    const std::string script = line + "; printf %s \"$IOTHUB_CONNECTION_STRING\" >" + told;
    CHECK(std::system(script.c_str()) == 0);
    CHECK(read(told) == hub.connection_string());
}

TEST_CASE("who listens to a network with the published keys is warned once") {
    const test::temporary_folder folder;
    CHECK(warnings({"--host", "0.0.0.0"}) == 1);
    CHECK(warnings({"--host", "0.0.0.0", "--config", own_policies(folder)}) == 0);
    CHECK(warnings({"--host", "127.0.0.2"}) == 0);
}
