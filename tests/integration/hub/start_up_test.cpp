// How the program starts, refuses to start, and stops: exit codes, the one line, files untouched.

#include <sqlite3.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

#include "integration/hub/hub_process.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;

namespace {

const std::vector<std::string> free_ports{"--https-port",      "0", "--mqtts-port", "0",
                                          "--management-port", "0"};

std::vector<std::string> with_free_ports(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), free_ports.begin(), free_ports.end());
    return arguments;
}

void write(const std::filesystem::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

std::string read(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), {}};
}

bool is_one_line(const std::string& text) {
    return text.ends_with('\n') && text.find('\n') == text.size() - 1;
}

// The program does not start: exit code 1 and one line with `part` in it.
void check_refusal(const std::vector<std::string>& arguments, const std::string& part) {
    const auto ended = test::run_program(arguments);
    CHECK(ended.exit_code == 1);
    CHECK(ended.output.empty());
    CHECK_THAT(ended.errors, Catch::Contains(part));
    CHECK(is_one_line(ended.errors));
}

// Wrong usage or configuration: exit code 2 and one line with `part` in it.
void check_mistake(const std::vector<std::string>& arguments, const std::string& part,
                   const std::vector<std::string>& environment = {}) {
    const auto ended = test::run_program(arguments, environment);
    CHECK(ended.exit_code == 2);
    CHECK(ended.output.empty());
    CHECK_THAT(ended.errors, Catch::Contains(part));
    CHECK(is_one_line(ended.errors));
}

// A data folder that a hub has used.
void make_data(const std::filesystem::path& folder) {
    test::hub_process(folder).terminate();
}

} // namespace

TEST_CASE("a ready hub says so in one line and in its ready file, and ends at SIGTERM") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    CHECK_THAT(hub.first_line(),
               Catch::Matches("IoT Hub emulator ready https=[0-9]+ mqtts=[0-9]+ amqps=[0-9]+ "
                              "amqp=[0-9]+ management=[0-9]+\n"));
    CHECK(hub.ready().at("pid") == hub.pid());
    CHECK(hub.ready().at("host") == "127.0.0.1");
    CHECK(hub.ready().at("hostnames") == nlohmann::json{"localhost"});
    CHECK(hub.ready().at("ports").at("mqtts").get<int>() > 0);
    CHECK(std::filesystem::exists(hub.ca_file()));
    CHECK(hub.terminate() == 0);
    CHECK_FALSE(std::filesystem::exists(folder / "ready.json"));
}

TEST_CASE("what lasts is readable by its owner only") {
    const test::temporary_folder folder;
    make_data(folder.path());
    namespace fs = std::filesystem;
    const auto mode = [&](const char* name) {
        return static_cast<unsigned>(fs::status(folder / "data" / name).permissions());
    };
    CHECK(mode("") == 0700);
    CHECK(mode("hub.db") == 0600);
    CHECK(mode("ca.key") == 0600);
    CHECK(mode("server.key") == 0600);
}

TEST_CASE("in memory, nothing is written but what was asked for") {
    const test::temporary_folder folder;
    const std::string ca = folder / "trust.pem";
    test::hub_process hub(folder.path(), {"--in-memory", "--ca-file", ca});
    CHECK_FALSE(std::filesystem::exists(folder / "data"));
    CHECK_THAT(read(ca), Catch::StartsWith("-----BEGIN CERTIFICATE-----"));
    CHECK(hub.ca_file() == ca);
}

TEST_CASE("the subcommands find a running hub by its ready file") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    const std::string ready = folder / "ready.json";
    const auto health = test::run_program({"healthcheck", "--ready-file", ready});
    CHECK(health.exit_code == 0);
    const auto text = test::run_program({"connection-string", "--ready-file", ready});
    CHECK(text.output == hub.connection_string() + "\n");
    const auto policy =
        test::run_program({"connection-string", "--policy", "service", "--ready-file", ready});
    CHECK_THAT(policy.output, Catch::Contains("SharedAccessKeyName=service;"));
    CHECK(test::run_program({"connection-string", "--policy", "none", "--ready-file", ready})
              .exit_code == 1);
    const auto missing =
        test::run_program({"connection-string", "--device", "none", "--ready-file", ready});
    CHECK(missing.exit_code == 1);
    CHECK_THAT(missing.errors, Catch::Contains("no such device"));
}

TEST_CASE("without a hub, the subcommands say that none answers") {
    const auto ended = test::run_program({"healthcheck", "--management-port", "1"});
    CHECK(ended.exit_code == 1);
    CHECK_THAT(ended.errors, Catch::Contains("no hub answers on the management port 1"));
}

TEST_CASE("help and version are no errors, whatever else is wrong") {
    const auto help = test::run_program({"--help", "--config", "/nowhere"});
    CHECK(help.exit_code == 0);
    CHECK_THAT(help.output, Catch::Contains("--mqtts-port") && Catch::Contains("Examples:"));
    const auto version = test::run_program({"--version"});
    CHECK(version.exit_code == 0);
    CHECK_THAT(version.output, Catch::StartsWith("iothub-emulator "));
}

TEST_CASE("wrong usage ends with 2 and one line") {
    check_mistake({"--no-such-option"}, "--no-such-option");
    check_mistake({"--mqtts-port", "65536"}, "--mqtts-port");
    check_mistake({"--mqtts-port", "-1"}, "--mqtts-port");
    check_mistake({"--mqtts-port", "abc"}, "--mqtts-port");
    check_mistake({"--mqtts-port"}, "--mqtts-port");
    check_mistake({"--log-level", "loud"}, "--log-level");
    check_mistake({"--durability", "none"}, "--durability");
    check_mistake({"connection-string", "--module", "m"}, "--device");
    check_mistake({}, "IOTHUB_EMULATOR_LOG_LEVEL", {"IOTHUB_EMULATOR_LOG_LEVEL="});
    check_mistake({}, "many", {"IOTHUB_EMULATOR_MQTTS_PORT=many"});
}

TEST_CASE("a wrong configuration file ends with 2 and says what is wrong where") {
    const test::temporary_folder folder;
    const std::string file = folder / "config.json";
    const auto check = [&](const std::string& content, const std::string& part) {
        write(file, content);
        check_mistake({"--config", file}, part);
    };
    check(R"({"mqttPort": 1})", R"(unknown key "mqttPort"; did you mean "mqttsPort"?)");
    check(R"({"mqttsPort": "8883"})", R"("mqttsPort" must be a port)");
    check(R"({"mqttsPort": 65536})", R"("mqttsPort" must be a port)");
    check(R"({"inMemory": 1})", R"("inMemory" must be true or false)");
    check(R"({"logLevel": "loud"})", R"("logLevel" must be one of)");
    check(R"({"host": ""})", R"("host" must be a text)");
    check("[]", "must hold a JSON object");
    check("{", "is not JSON, at byte 2");
    check(std::string("{\0}", 3), "is not JSON");
    check(std::string(2 << 20, ' '), "larger than 1 MiB");
    check_mistake({"--config", folder / "missing.json"}, "cannot be read");
    check_mistake({"--config", folder.path()}, "cannot be read");
}

TEST_CASE("the option wins over the environment, and that over the file") {
    const test::temporary_folder folder;
    const std::string file = folder / "config.json";
    write(file, "{ // a comment\n\"durability\": \"power\", \"host\": \"127.0.0.9\"}");
    test::hub_process hub(folder.path(), {"--config", file, "--host", "127.0.0.1"});
    CHECK(hub.ready().at("host") == "127.0.0.1");
    ::setenv("IOTHUB_EMULATOR_HOST", "127.0.0.8", 1);
    test::hub_process by_environment(folder / "second", {"--config", file});
    ::unsetenv("IOTHUB_EMULATOR_HOST");
    CHECK(by_environment.ready().at("host") == "127.0.0.8");
    test::hub_process by_file(folder / "third", {"--config", file});
    CHECK(by_file.ready().at("host") == "127.0.0.9");
    CHECK(by_file.ready().at("hostnames") == nlohmann::json{"127.0.0.9"});
}

TEST_CASE("a taken port is named with its remedy") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    const std::string port = std::to_string(hub.ready().at("ports").at("mqtts").get<int>());
    check_refusal(
        {"--in-memory", "--https-port", "0", "--management-port", "0", "--mqtts-port", port}, port);
}

TEST_CASE("a data folder that cannot be used is refused") {
    const test::temporary_folder folder;
    write(folder / "file", "not a folder");
    check_refusal(with_free_ports({"--data-dir", folder / "file"}), "file");
    check_refusal(with_free_ports({"--data-dir", "/proc/no-such-folder"}), "/proc/no-such-folder");
}

TEST_CASE("a data folder in use is refused with the other's pid") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    check_refusal(with_free_ports({"--data-dir", folder / "data"}),
                  "pid " + std::to_string(hub.pid()));
}

TEST_CASE("a database that is damaged, foreign or newer is refused and left as it is") {
    const test::temporary_folder folder;
    make_data(folder.path());
    const auto file = folder / "data" / "hub.db";
    const auto check = [&](const std::string& content, const std::string& part) {
        write(file, content);
        check_refusal(with_free_ports({"--data-dir", folder / "data"}), part);
        CHECK(read(file) == content);
    };
    check("this is not a database, it only lies in its place, as long as a header would be",
          "hub.db");
    write(file, "");
    std::filesystem::remove(file);
    make_data(folder.path());
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    REQUIRE(sqlite3_exec(database, "PRAGMA user_version=999; PRAGMA wal_checkpoint(TRUNCATE)",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    check(read(file), "newer");
}

TEST_CASE("damaged certificate files are refused and left as they are") {
    const test::temporary_folder folder;
    make_data(folder.path());
    for (const char* name : {"ca.pem", "ca.key", "server.pem", "server.key"}) {
        const auto file = folder / "data" / name;
        const std::string good = read(file);
        write(file, "-----BEGIN NOTHING-----\n");
        check_refusal(with_free_ports({"--data-dir", folder / "data"}), name);
        CHECK(read(file) == "-----BEGIN NOTHING-----\n");
        write(file, good);
    }
    make_data(folder.path()); // all is well again
}
