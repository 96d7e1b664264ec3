// What the program does with options, variables and files that are wrong: exit code 2, one line
// that says what is wrong where, and nothing made.

#include <string>
#include <vector>

#include "integration/hub/hub_process.hpp"
#include "integration/hub/text_files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using test::is_one_line;
using test::write;

namespace {

// The outcome, where `folder` is all the program may write to.
test::outcome run_in(const test::temporary_folder& folder,
                     const std::vector<std::string>& arguments,
                     const std::vector<std::string>& environment) {
    std::vector<std::string> all{"--data-dir",      folder / "data", "--ready-file",
                                 folder / "r.json", "--ca-file",     folder / "ca.pem"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return test::run_program(all, environment);
}

// Wrong usage or configuration: exit code 2, one line with `part` in it, and nothing made.
void check_mistake(const std::vector<std::string>& arguments, const std::string& part,
                   const std::vector<std::string>& environment = {}) {
    INFO(part);
    const test::temporary_folder folder;
    const auto ended = run_in(folder, arguments, environment);
    CHECK(ended.exit_code == 2);
    CHECK(ended.output.empty());
    CHECK_THAT(ended.errors, Catch::Contains(part));
    CHECK(is_one_line(ended.errors));
    CHECK(std::filesystem::is_empty(folder.path()));
}

// The same of a configuration file with that content; "FILE" in `part` stands for its name.
void check_mistake_in_file(const std::string& content, std::string part,
                           std::vector<std::string> arguments = {}) {
    const test::temporary_folder folder;
    const std::string file = folder / "config.json";
    write(file, content);
    if (const auto at = part.find("FILE"); at != part.npos) {
        part.replace(at, 4, file);
    }
    arguments.insert(arguments.end(), {"--config", file});
    check_mistake(arguments, part);
}

// Exit code 0, `part` on standard output, and nothing made.
void check_answer(const std::vector<std::string>& arguments, const std::string& part,
                  const std::vector<std::string>& environment = {}) {
    INFO(arguments.front() << " … " << arguments.back());
    const test::temporary_folder folder;
    const auto ended = run_in(folder, arguments, environment);
    CHECK(ended.exit_code == 0);
    CHECK_THAT(ended.output, Catch::Contains(part));
    CHECK(ended.errors.empty());
    CHECK(std::filesystem::is_empty(folder.path()));
}

} // namespace

TEST_CASE("help and version are no errors, whatever else is wrong") {
    const test::temporary_folder folder;
    const std::string broken = folder / "broken.json";
    write(broken, R"({"policies": )");
    for (const std::string& file : {broken, std::string("/nowhere")}) {
        check_answer({"--help", "--config", file}, "Examples:");
        check_answer({"--version", "--config", file}, "iothub-emulator ");
    }
    const std::string many = "IOTHUB_EMULATOR_MQTTS_PORT=many";
    check_answer({"--help"}, "--mqtts-port", {many});
    check_answer({"-h"}, "--mqtts-port", {many});
    check_answer({"--version"}, "iothub-emulator ", {many});
    check_answer({"healthcheck", "--help"}, "healthcheck", {many});
    check_answer({"--help"}, "--mqtts-port", {"IOTHUB_EMULATOR_LOG_LEVEL="});
    check_answer({"--mqtts-port", "abc", "--help"}, "--mqtts-port");
    check_answer({"--mqtts-port", "--version"}, "iothub-emulator ");
    check_answer({"run", "--help", "--log-level", "loud"}, "Run the hub");
    check_answer({"connection-string", "--help", "--device"}, "--event-hubs");
    check_answer({"--help", "--host", "localhost"}, "--mqtts-port");
}

TEST_CASE("wrong usage ends with 2 and one line") {
    check_mistake({"--no-such-option"}, "--no-such-option");
    check_mistake({"--mqtts-port", "65536"}, "--mqtts-port");
    check_mistake({"--mqtts-port", "-1"}, "--mqtts-port");
    check_mistake({"--mqtts-port", "abc"}, "--mqtts-port");
    check_mistake({"--mqtts-port"}, "--mqtts-port");
    check_mistake({"--mqtts-port", "1", "--mqtts-port", "2"}, "--mqtts-port");
    check_mistake({"--log-level", "loud"}, "--log-level");
    check_mistake({"--limits", "S9"}, "--limits");
    check_mistake({"--durability", "none"}, "--durability");
    check_mistake({"connection-string", "--module", "m"}, "--device");
    check_mistake({"connection-string", "--event-hubs", "--device", "d"}, "--device");
    check_mistake({}, "IOTHUB_EMULATOR_LOG_LEVEL", {"IOTHUB_EMULATOR_LOG_LEVEL="});
    check_mistake({}, "many", {"IOTHUB_EMULATOR_MQTTS_PORT=many"});
}

TEST_CASE("an address to listen on that is none is told with its source") {
    const std::string rule = " must be an IP address such as 127.0.0.2, not ";
    check_mistake({"--host", "localhost"}, ": --host" + rule + "\"localhost\"\n");
    check_mistake({"--host=1.2.3.4.5"}, ": --host" + rule + "\"1.2.3.4.5\"\n");
    check_mistake({"--host", ""}, ": --host" + rule + "\"\"\n");
    check_mistake({}, ": IOTHUB_EMULATOR_HOST" + rule + "\"localhost\"\n",
                  {"IOTHUB_EMULATOR_HOST=localhost"});
    check_mistake({"--host", "here"}, ": --host" + rule + "\"here\"\n",
                  {"IOTHUB_EMULATOR_HOST=127.0.0.1"});
    check_mistake_in_file(R"({"host": "localhost"})", "FILE: \"host\"" + rule + "\"localhost\"\n");
    check_mistake({"healthcheck", "--host", "localhost"}, ": --host" + rule + "\"localhost\"\n");
}

TEST_CASE("a name that cannot be a host's is told with its source") {
    const std::string rule = " must be host names or IP addresses, not ";
    check_mistake({"--hostname", "a b"}, ": --hostname" + rule + "\"a b\"\n");
    check_mistake({"--hostname", "x\r\ny\x1b"}, ": --hostname" + rule + "\"x\\x0d\\x0ay\\x1b\"\n");
    check_mistake({"--hostname", "good", "--hostname", ""}, ": --hostname" + rule + "\"\"\n");
    check_mistake({"--hostname=-x"}, ": --hostname" + rule + "\"-x\"\n");
    check_mistake({}, ": IOTHUB_EMULATOR_HOSTNAME" + rule + "\"a b\"\n",
                  {"IOTHUB_EMULATOR_HOSTNAME=good,a b"});
    check_mistake_in_file(R"({"hostname": ["good", "x\r\ny"]})",
                          "FILE: \"hostname\"" + rule + "\"x\\x0d\\x0ay\"\n");
}

TEST_CASE("a data folder without a name is told, not taken for the current folder") {
    const test::temporary_folder folder;
    const auto ended = test::run_program(
        {"--data-dir", "", "--ready-file", folder / "r.json", "--ca-file", folder / "ca.pem"}, {});
    CHECK(ended.exit_code == 2);
    CHECK_THAT(ended.errors, Catch::EndsWith(": --data-dir must be a folder, not \"\"\n"));
    CHECK(is_one_line(ended.errors));
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("one port for two listeners is told with both sources") {
    const std::string rule = " must be different ports, not both ";
    check_mistake({"--mqtts-port", "20001", "--amqps-port=20001"},
                  ": --mqtts-port and --amqps-port" + rule + "20001\n");
    check_mistake({"--https-port", "5380"},
                  ": --https-port and --management-port (default)" + rule + "5380\n");
    check_mistake({"--amqp-port", "443"}, ": --https-port (default) and --amqp-port" + rule);
    check_mistake({"--amqp-port", "20001"},
                  ": IOTHUB_EMULATOR_MQTTS_PORT and --amqp-port" + rule + "20001\n",
                  {"IOTHUB_EMULATOR_MQTTS_PORT=20001"});
    check_mistake_in_file(R"({"managementPort": 20001})",
                          ": --amqp-port and FILE: \"managementPort\"" + rule + "20001\n",
                          {"--amqp-port", "20001"});
}

TEST_CASE("a wrong configuration file ends with 2 and says what is wrong where") {
    const auto& check = check_mistake_in_file;
    check(R"({"mqttPort": 1})", R"(unknown key "mqttPort"; did you mean "mqttsPort"?)", {});
    check(R"({"identities": []})", "unknown key \"identities\"\n", {});
    check(R"({"mqttsPort": "8883"})", R"("mqttsPort" must be a port)", {});
    check(R"({"mqttsPort": 65536})", R"("mqttsPort" must be a port)", {});
    check(R"({"inMemory": 1})", R"("inMemory" must be true or false)", {});
    check(R"({"logLevel": "loud"})", R"("logLevel" must be one of)", {});
    check(R"({"host": ""})", R"("host" must be a text)", {});
    check("[]", "must hold a JSON object", {});
    check("{", "not well formed at line 1, column 2", {});
    check("\xef\xbb\xbf{}", "a byte order mark is not allowed", {});
    check(std::string("{\0}", 3), "a NUL is not allowed", {});
    check(std::string(2 << 20, ' '), "larger than 1 MiB", {});
    const test::temporary_folder folder;
    check_mistake({"--config", folder / "missing.json"}, "cannot be read");
    check_mistake({"--config", folder.path()}, "cannot be read");
}

TEST_CASE("identities and policies that are wrong end with 2 and their place") {
    check_mistake_in_file(R"({"devices": [{"deviceId": "d", "modules": [{}]}]})",
                          R"("devices[0].modules[0].moduleId" is missing)");
    check_mistake_in_file(R"({"policies": [{"name": "tests", "primaryKey": "c2VjcmV0"}]})",
                          R"("policies[0].primaryKey" must be the base64 text)");
}
