// Every kept input of every fuzz target, with any compiler: what once was found stays mended.

#include <cstdint>
#include <filesystem>
#include <set>

#include "fuzz/replay/corpus.hpp"
#include "support/catch.hpp"

// Each target's entry has the target's name here (CMakeLists.txt).
#define IOTHUB_FUZZ_TARGETS(each)                                                                  \
    each(amqp_connection) each(amqp_messages) each(bulk_bodies) each(certificate_subjects)         \
        each(config_file) each(configuration_bodies) each(connection_string) each(http_connection) \
            each(http_requests) each(json_text) each(mqtt_connection) each(mqtt_packets)           \
                each(query) each(rest_calls) each(sas_token) each(twin_writes) each(websocket)

#define IOTHUB_DECLARE(name) extern "C" int fuzz_##name(const std::uint8_t*, std::size_t);
IOTHUB_FUZZ_TARGETS(IOTHUB_DECLARE)

using namespace iothub::fuzz;

namespace {

struct target {
    const char* name;
    int (*entry)(const std::uint8_t*, std::size_t);
};

#define IOTHUB_LIST(name) target{#name, fuzz_##name},
const target targets[] = {IOTHUB_FUZZ_TARGETS(IOTHUB_LIST)};

void play(const target& which, const std::string& bytes) {
    which.entry(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

} // namespace

TEST_CASE("fuzzing: every kept input passes") {
    for (const target& which : targets) {
        const auto inputs = corpus_of(which.name);
        INFO(which.name);
        CHECK_FALSE(inputs.empty());
        for (const kept_input& input : inputs) {
            INFO(which.name << "/" << input.name);
            CHECK_NOTHROW(play(which, input.bytes));
        }
    }
}

TEST_CASE("fuzzing: no input, and one byte, pass") {
    for (const target& which : targets) {
        INFO(which.name);
        CHECK_NOTHROW(play(which, ""));
        for (int byte = 0; byte < 256; ++byte) {
            CHECK_NOTHROW(play(which, std::string(1, static_cast<char>(byte))));
        }
    }
}

TEST_CASE("fuzzing: every folder of inputs has a target") {
    std::set<std::string> folders;
    for (const auto& entry : std::filesystem::directory_iterator(IOTHUB_FUZZ_CORPUS)) {
        folders.insert(entry.path().filename().string());
    }
    std::set<std::string> names;
    for (const target& which : targets) {
        names.insert(which.name);
    }
    CHECK(folders == names);
}
