#pragma once
// A hub with blob storage beside it, and jobs that run in turns as the loop would run them.

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/transfers/transfer_service.hpp"
#include "support/catch.hpp"
#include "support/fake_blob_storage.hpp"
#include "support/memory_hub.hpp"

namespace iothub::test {

struct transfer_bench : memory_hub {
    fake_blob_storage storage;
    std::optional<result<core::transfer_job>> answered; // to the last create()

    transfer_bench() { hub.transfers().reach(storage); }

    core::transfer_service& jobs() { return hub.transfers(); }

    // "d00042"
    static std::string numbered(int i) {
        const std::string digits = std::to_string(i);
        return "d" + std::string(5 - digits.size(), '0') + digits;
    }

    static core::transfer_request export_request() {
        core::transfer_request request;
        request.output_uri = "http://storage/out";
        return request;
    }

    static core::transfer_request import_request() {
        core::transfer_request request = export_request();
        request.type = core::transfer_type::import_devices;
        request.input_uri = "http://storage/in";
        return request;
    }

    using memory_hub::create;
    void create(core::transfer_request request) {
        answered.reset();
        jobs().create(std::move(request),
                      [this](result<core::transfer_job> outcome) { answered = outcome; });
    }

    // One turn: what the storage answers, or else a slice. False where there is neither.
    bool turn() {
        const bool due = jobs().next_deadline().has_value();
        if (storage.waits()) {
            storage.answer();
        } else if (due) {
            jobs().advance(clock.now());
        }
        hub.end_turn();
        return storage.waits() || jobs().next_deadline();
    }

    // How many turns it took.
    int run() {
        int turns = 1;
        while (turn()) {
            REQUIRE(++turns < 10'000);
        }
        return turns;
    }

    // Creates the job, and runs it to its end.
    core::transfer_job finish(core::transfer_request request) {
        create(std::move(request));
        run();
        REQUIRE(answered);
        REQUIRE(*answered);
        return jobs().get((*answered)->id).value();
    }

    // What was answered to a create() that was refused.
    error refusal(core::transfer_request request) {
        create(std::move(request));
        run();
        REQUIRE(answered);
        REQUIRE(!*answered);
        return answered->error();
    }

    core::transfer_job import(const std::string& lines) {
        storage.blobs["devices.txt"] = lines;
        return finish(import_request());
    }

    std::vector<std::string> lines(const std::string& blob = "devices.txt") {
        std::istringstream text(storage.blobs.at(blob));
        std::vector<std::string> all;
        for (std::string line; std::getline(text, line);) {
            all.push_back(line);
        }
        return all;
    }

    json error_line() {
        const auto all = lines("importErrors.log");
        REQUIRE(all.size() == 1);
        return parse_json(all.front()).value();
    }
};

} // namespace iothub::test
