// How the program starts, refuses to start, and stops: exit codes, the one line, files untouched.

#include <sqlite3.h>

#include <string>

#include "integration/hub/hub_process.hpp"
#include "integration/hub/text_files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using test::is_one_line;
using test::read;
using test::write;

namespace {

const std::vector<std::string> free_ports{"--https-port",      "0", "--mqtts-port", "0",
                                          "--amqps-port",      "0", "--amqp-port",  "0",
                                          "--management-port", "0"};

std::vector<std::string> with_free_ports(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), free_ports.begin(), free_ports.end());
    return arguments;
}

// The program does not start: exit code 1 and one line with `part` in it.
void check_refusal(const std::vector<std::string>& arguments, const std::string& part) {
    const auto ended = test::run_program(arguments);
    CHECK(ended.exit_code == 1);
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

TEST_CASE("what holds keys is readable by its owner only") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    namespace fs = std::filesystem;
    const auto mode = [&](const char* name) {
        return static_cast<unsigned>(fs::status(folder / name).permissions());
    };
    CHECK(mode("ready.json") == 0600); // these two hold a key, while the hub runs
    CHECK(mode("data/hub.json") == 0600);
    hub.terminate();
    CHECK(mode("data") == 0700);
    CHECK(mode("data/hub.db") == 0600);
    CHECK(mode("data/ca.key") == 0600);
    CHECK(mode("data/server.key") == 0600);
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

TEST_CASE("the subcommands find a running hub by its data folder, and by no other") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    const auto text = test::run_program({"connection-string", "--data-dir", folder / "data"});
    CHECK(text.output == hub.connection_string() + "\n");
    hub.terminate();
    CHECK_FALSE(std::filesystem::exists(folder / "data" / "hub.json"));
}

TEST_CASE("without a hub, the subcommands say that none answers") {
    const auto ended = test::run_program({"healthcheck", "--management-port", "1"});
    CHECK(ended.exit_code == 1);
    CHECK(is_one_line(ended.errors));
    CHECK_THAT(ended.errors,
               Catch::Contains("no hub answers on the management port 1 of 127.0.0.1 (Connection "
                               "refused)") &&
                   !Catch::Contains("boost") && !Catch::Contains("/"));
}

TEST_CASE("a running hub tells Event Hubs SDKs their connection string") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    const std::string ready = folder / "ready.json";
    const auto ended =
        test::run_program({"connection-string", "--event-hubs", "--ready-file", ready});
    CHECK(ended.exit_code == 0);
    const int port = hub.ready().at("ports").at("amqp").get<int>();
    CHECK_THAT(ended.output,
               Catch::StartsWith("Endpoint=sb://localhost:" + std::to_string(port) +
                                 ";SharedAccessKeyName=iothubowner;SharedAccessKey=") &&
                   Catch::Contains(";UseDevelopmentEmulator=true"));
}

TEST_CASE("a hub on another address says how to reach it") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path(), {"--in-memory", "--host", "127.0.0.2"});
    const std::string told = read(folder / "errors");
    const std::string port = std::to_string(hub.ready().at("ports").at("management").get<int>());
    CHECK_THAT(told, Catch::Contains("curl -sSfo ca.pem http://127.0.0.2:" + port + "/ca.pem"));
    CHECK_THAT(told,
               Catch::Contains("connection-string --host 127.0.0.2 --management-port " + port));
    CHECK_THAT(told, Catch::Contains(hub.connection_string()));
    CHECK_THAT(told, Catch::Contains("EdgeModuleCACertificateFile=\"$PWD/ca.pem\""));
}

TEST_CASE("who may not bind 443 gets 8443, unless 443 was asked for") {
    const test::temporary_folder folder;
    const std::vector<std::string> no_low_ports{"setpriv", "--bounding-set=-net_bind_service"};
    if (test::can_bind_low_ports(no_low_ports)) {
        WARN("here everybody may bind 443");
        return;
    }
    const std::vector<std::string> others{"--in-memory",
                                          "--host",
                                          "127.0.0.77",
                                          "--mqtts-port",
                                          "0",
                                          "--amqps-port",
                                          "0",
                                          "--amqp-port",
                                          "0",
                                          "--management-port",
                                          "0",
                                          "--ready-file",
                                          folder / "r.json"};
    auto asked = others;
    asked.insert(asked.end(), {"--https-port", "443"});
    const auto refused = test::run_program(asked, {}, no_low_ports);
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.errors, Catch::Contains("443") && Catch::Contains("setcap"));
    const auto fallen_back = test::run_program(
        others, {},
        {"timeout", "--preserve-status", "2", "setpriv", "--bounding-set=-net_bind_service"});
    CHECK(fallen_back.exit_code == 0);
    CHECK_THAT(fallen_back.output, Catch::Contains("https=8443"));
    CHECK_THAT(fallen_back.errors, Catch::Contains("port 443 may not be bound"));
}

TEST_CASE("a hub serves the policies and identities of its configuration, and keeps them") {
    const test::temporary_folder folder;
    const std::string file = folder / "config.json";
    const auto configure = [&](const std::string& key) {
        const std::string keys =
            R"("primaryKey": ")" + key + R"(", "secondaryKey": ")" + key + R"(")";
        write(file, R"({"policies": [{"name": "tests", )" + keys +
                        R"(, "permissions": ["registryRead", "serviceConnect"]}],
                     "devices": [{"deviceId": "d", )" +
                        keys + R"(, "modules": [{"moduleId": "m", )" + keys + "}]}]}");
    };
    const auto ask = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "connection-string");
        arguments.insert(arguments.end(), {"--ready-file", folder / "ready.json"});
        return test::run_program(arguments).output;
    };
    const std::string first = "Zmlyc3Qga2V5IG9mIGEgdGVzdA==";
    const std::string second = "c2Vjb25kIGtleSBvZiBhIHRlc3Q=";
    for (const std::string& key : {first, second}) {
        configure(key);
        test::hub_process hub(folder.path(), {"--config", file});
        CHECK_THAT(hub.connection_string(),
                   Catch::EndsWith(";SharedAccessKeyName=tests;SharedAccessKey=" + key));
        CHECK_THAT(ask({"--policy", "tests"}), Catch::Contains("SharedAccessKey=" + key));
        CHECK(ask({"--policy", "iothubowner"}).empty());
        CHECK_THAT(ask({"--device", "d"}), Catch::EndsWith(";SharedAccessKey=" + first + "\n"));
        CHECK_THAT(ask({"--device", "d", "--module", "m"}),
                   Catch::Contains(";DeviceId=d;ModuleId=m;SharedAccessKey=" + first));
        CHECK(hub.terminate() == 0);
    }
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
    check_refusal({"--in-memory", "--https-port", "0", "--management-port", "0", "--amqps-port",
                   "0", "--amqp-port", "0", "--mqtts-port", port},
                  port);
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
