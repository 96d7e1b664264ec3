// The program where things are not as usual: closed descriptors, few of them, other locales, long
// or linked folders, impatient users.

#include <iothub/registry_client.hpp>

#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "integration/hub/hub_process.hpp"
#include "integration/hub/text_files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
namespace fs = std::filesystem;
using test::is_one_line;
using test::read;

namespace {

std::vector<std::string> on_free_ports(const fs::path& data_dir) {
    return {"--data-dir",   data_dir, "--https-port", "0", "--mqtts-port",      "0",
            "--amqps-port", "0",      "--amqp-port",  "0", "--management-port", "0"};
}

// Runs a hub for a second and a half behind a script, which has it as "$@".
test::outcome run_behind(const std::string& script, const fs::path& data_dir) {
    return test::run_program(on_free_ports(data_dir), {},
                             {"sh", "-c", script, "sh", "timeout", "--preserve-status", "1.5"});
}

void check_serves(const test::hub_process& hub) {
    registry_options trust;
    trust.ca_file = hub.ca_file();
    auto registry = registry_client::create_from_connection_string(hub.connection_string(), trust);
    registry.add_device({.device_id = "TITLE-i"});
    CHECK(registry.get_device("TITLE-i").enabled);
    registry.remove_device("TITLE-i");
}

// Puts a variable into the environment of the hubs that are started meanwhile.
class with_variable {
public:
    with_variable(const char* name, const char* value)
        : name_(name) {
        ::setenv(name, value, 1);
    }
    ~with_variable() { ::unsetenv(name_); }
    with_variable(const with_variable&) = delete;
    with_variable& operator=(const with_variable&) = delete;

private:
    const char* name_;
};

// What hubs that are started meanwhile do at SIGHUP.
class with_hangup {
public:
    explicit with_hangup(void (*action)(int))
        : before_(::signal(SIGHUP, action)) {}
    ~with_hangup() { ::signal(SIGHUP, before_); }
    with_hangup(const with_hangup&) = delete;
    with_hangup& operator=(const with_hangup&) = delete;

private:
    void (*before_)(int);
};

// UBSan looks at objects through a pipe, and takes them for broken where there is no descriptor
// left.
#ifdef __has_feature
constexpr bool checked_by_ubsan = __has_feature(undefined_behavior_sanitizer);
#else
constexpr bool checked_by_ubsan = false;
#endif

} // namespace

TEST_CASE("a hub without standard input, output and error keeps their descriptors free") {
    const test::temporary_folder folder;
    const std::string files = folder / "files";
    const auto ended =
        run_behind("shift 3; \"$@\" <&- >&- 2>&- & hub=$!; sleep 1; cd /proc/$hub/fd; "
                   "readlink 0 1 2 >" +
                       files + "; kill $hub; wait $hub",
                   folder / "data");
    CHECK(ended.exit_code == 0);
    CHECK(read(files) == "/dev/null\n/dev/null\n/dev/null\n");
    check_serves(test::hub_process(folder.path()));
}

TEST_CASE("a hub whose output nobody reads any more goes on") {
    const test::temporary_folder folder;
    const std::string code = folder / "code";
    const auto ended =
        run_behind("{ sleep 0.3; \"$@\"; echo $? >" + code + "; } | :", folder / "data");
    CHECK(ended.exit_code == 0);
    CHECK(read(code) == "0\n");
}

TEST_CASE("a hub with too few descriptors says so in a line, or serves") {
    const test::temporary_folder folder;
    bool refused = false;
    bool served = false;
    for (const int limit : {8, 14, 20, 26, 32, 64}) {
        const auto ended =
            run_behind("ulimit -n " + std::to_string(limit) + "; exec \"$@\"", folder / "data");
        INFO(limit << ": " << ended.errors);
        if (ended.exit_code == 0) {
            served = true;
            CHECK_THAT(ended.output, Catch::StartsWith("IoT Hub emulator ready"));
        } else {
            refused = true;
            CHECK(ended.exit_code != -1);
            CHECK_FALSE(served);
            CHECK((is_one_line(ended.errors) || checked_by_ubsan));
        }
    }
    CHECK(refused);
    CHECK(served);
}

TEST_CASE("time zones and languages change nothing") {
    const test::temporary_folder folder;
    const with_variable zone("TZ", "Odd/Zone+99:99");
    const with_variable language("LC_ALL", "tr_TR.UTF-8");
    test::hub_process hub(folder.path());
    check_serves(hub);
    CHECK(hub.terminate() == 0);
}

TEST_CASE("a data folder may have white space and any characters in its name, or be linked to") {
    const test::temporary_folder folder;
    const fs::path place = folder / "with space, \xc3\xa4 and 'quotes'";
    check_serves(test::hub_process(place));
    fs::create_directory_symlink(place, folder / "link");
    test::hub_process hub(folder / "link");
    check_serves(hub);
    const auto second = test::run_program(on_free_ports(place / "data"));
    CHECK(second.exit_code == 1);
    CHECK_THAT(second.errors, Catch::Contains("pid " + std::to_string(hub.pid())));
}

TEST_CASE("a data folder whose name is too long is refused in a line") {
    const test::temporary_folder folder;
    fs::path place = folder.path();
    while (place.string().size() < 4'000) {
        place /= std::string(200, 'x');
    }
    const auto refused = test::run_program(on_free_ports(place));
    CHECK(refused.exit_code == 1);
    CHECK(is_one_line(refused.errors));
}

TEST_CASE("who asks a hub to end more than once changes nothing") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    const std::jthread impatient([pid = hub.pid()](const std::stop_token& enough) {
        for (int i = 0; !enough.stop_requested(); ++i) {
            ::kill(pid, i % 2 == 0 ? SIGTERM : SIGINT);
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    });
    CHECK(hub.terminate() == 0);
}

TEST_CASE("a hub whose terminal is closed ends as one that is told to") {
    const test::temporary_folder folder;
    const with_hangup as_usual(SIG_DFL);
    test::hub_process hub(folder.path());
    ::kill(hub.pid(), SIGHUP);
    CHECK(hub.wait() == 0);
    CHECK_THAT(read(folder / "errors"), Catch::Contains("stopping: the terminal was closed"));
    CHECK_FALSE(fs::exists(folder / "data/hub.db-wal")); // closed, not cut off
}

TEST_CASE("a hub that was started by nohup goes on when its terminal is closed") {
    const test::temporary_folder folder;
    const with_hangup ignored(SIG_IGN);
    test::hub_process hub(folder.path());
    ::kill(hub.pid(), SIGHUP);
    check_serves(hub);
    CHECK(hub.terminate() == 0);
    CHECK_THAT(read(folder / "errors"), Catch::Contains("stopping: terminated (SIGTERM)"));
}
