#pragma once
// A hub with devices, jobs that it runs, and what became of them.

#include <algorithm>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/jobs/device_job_records.hpp"
#include "emulator/core/jobs/job_service.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_link.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

inline constexpr const char* set_tag = R"({"etag":"*","tags":{"floor":1}})";
inline constexpr const char* reboot = R"({"methodName":"reboot","payload":{"in":5}})";

struct job_bench {
    manual_clock clock;
    fixed_ids ids;
    recording_log log;
    storage::memory_store kept;
    faulty_store store{kept};
    std::unique_ptr<core::hub> hub = std::make_unique<core::hub>(store, clock, ids, log);
    std::list<recording_link> links;

    core::job_service& jobs() { return hub->jobs(); }

    core::identity create(const identity_key& key) {
        return hub->identities().put({.key = key}, {}).value();
    }

    // d000, d001 …
    void create_devices(std::size_t count) {
        for (std::size_t n = 0; n < count; ++n) {
            create(device(n));
        }
    }
    static identity_key device(std::size_t n) {
        const std::string number = std::to_string(n);
        return {"d" + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number, ""};
    }

    recording_link& connect(const identity_key& key) {
        recording_link& link = links.emplace_back();
        hub->sessions().connect(key, link);
        hub->methods().online(key);
        return link;
    }

    // The newest call of the link is answered.
    void answer(const identity_key& from, recording_link& link, core::method_answer given) {
        CHECK(hub->methods().answer(from, link.calls.back().request_id, std::move(given)));
    }

    // A JobRequest, with more members where `more` begins with a comma.
    static json request(std::string_view type, std::string_view member, std::string_view action,
                        std::string_view condition, std::string_view more = "") {
        json asked = {{"type", type}, {"queryCondition", condition}};
        asked[std::string(member)] = json::parse(action);
        asked.update(json::parse(more.empty() ? "{}" : more));
        return asked;
    }
    json update_twins(const std::string& id, std::string_view condition, std::string_view more = "",
                      std::string_view action = set_tag) {
        return jobs()
            .create(id, request("scheduleUpdateTwin", "updateTwin", action, condition, more))
            .value();
    }
    json call_methods(const std::string& id, std::string_view condition, std::string_view more = "",
                      std::string_view action = reboot) {
        return jobs()
            .create(id,
                    request("scheduleDeviceMethod", "cloudToDeviceMethod", action, condition, more))
            .value();
    }

    bool is_due() const {
        const auto next = hub->next_deadline();
        return next && *next <= clock.now();
    }

    // One slice and its turn.
    void step() {
        hub->advance();
        hub->end_turn();
    }

    // Turns until the hub has nothing to do now; how many.
    int settle() {
        int turns = 0;
        for (; is_due(); ++turns) {
            REQUIRE(turns < 5'000);
            step();
        }
        return turns;
    }

    template <class Rep, class Period>
    void pass(std::chrono::duration<Rep, Period> time) {
        clock.advance(time);
        settle();
    }

    // The hub ends and another one begins with what was kept.
    void restart() {
        hub.reset();
        links.clear();
        kept.rollback();
        hub = std::make_unique<core::hub>(store, clock, ids, log);
    }

    json job(const std::string& id) { return jobs().get(id).value(); }
    std::string status(const std::string& id) { return job(id).at("status"); }

    // devices, failed, succeeded, running, pending
    std::vector<int> counts(const std::string& id) {
        const json statistics = job(id).at("deviceJobStatistics");
        std::vector<int> numbers;
        for (const char* name :
             {"deviceCount", "failedCount", "succeededCount", "runningCount", "pendingCount"}) {
            numbers.push_back(statistics.at(name).get<int>());
        }
        return numbers;
    }

    // The row of a device; null where there is none.
    json row(const std::string& id, const identity_key& whose) {
        const auto text = store.find_record(core::device_job_record(id, whose));
        return text ? json::parse(*text) : json();
    }
    std::size_t rows(const std::string& id) {
        return store.list_records(std::string(core::device_job_records) + id + '/').size();
    }

    json tags(const identity_key& key) { return hub->twins().get(key).value().tags; }
};

} // namespace iothub::test
