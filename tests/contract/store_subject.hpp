#pragma once
// The stores that the contract is checked on, and what the tests put into them.

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "contract/temporary_folder.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin.hpp"
#include "emulator/storage/memory_store.hpp"
#include "emulator/storage/sqlite/open_sqlite_store.hpp"
#include "support/catch.hpp"

namespace iothub::testing {

inline std::unique_ptr<core::store> open_store(const std::filesystem::path& folder,
                                               iothub::log* journal = nullptr) {
    auto opened = storage::open_sqlite_store(folder, storage::durability::process, journal);
    if (!opened) {
        throw std::runtime_error(opened.error().message);
    }
    return std::move(*opened);
}

class memory_subject {
public:
    core::store& store() { return store_; }
    void reopen() {}

private:
    storage::memory_store store_;
};

class sqlite_subject {
public:
    core::store& store() { return *store_; }

    // What was committed is read from the file anew.
    void reopen() {
        store_.reset();
        store_ = open_store(folder_.path());
    }

private:
    temporary_folder folder_;
    std::unique_ptr<core::store> store_ = open_store(folder_.path());
};

inline timestamp at(std::int64_t seconds) {
    return from_unix_seconds(1'700'000'000 + seconds);
}

inline core::identity make_identity(const std::string& device, const std::string& module = "") {
    core::identity value;
    value.key = {device, module};
    value.generation_id = "638000000000000000";
    value.etag = 7;
    value.status_updated = at(1);
    value.authentication.primary_key = "cHJpbWFyeSBrZXkgcHJpbWFyeQ==";
    value.authentication.secondary_key = "c2Vjb25kYXJ5IGtleSBzZWNvbmQ=";
    return value;
}

inline core::c2d_message make_message(std::uint64_t number, std::string body) {
    core::c2d_message message;
    message.sequence_number = number;
    message.enqueued = at(static_cast<std::int64_t>(number));
    message.expiry = at(static_cast<std::int64_t>(number) + 3600);
    message.body = std::move(body);
    return message;
}

inline core::feedback_record make_feedback(std::string message_id, std::string device = "d1") {
    core::feedback_record record;
    record.original_message_id = std::move(message_id);
    record.device_id = std::move(device);
    record.device_generation_id = "638000000000000000";
    record.enqueued = at(9);
    record.outcome = core::c2d_outcome::rejected;
    return record;
}

inline core::event_block make_block(std::uint64_t first, std::uint64_t count, std::uint64_t offset,
                                    std::string bytes) {
    return {first, count, offset, at(static_cast<std::int64_t>(first)), std::move(bytes)};
}

inline std::vector<std::string> ids_of(const std::vector<core::identity>& values) {
    std::vector<std::string> ids;
    for (const core::identity& value : values) {
        ids.push_back(value.key.text());
    }
    return ids;
}

} // namespace iothub::testing

// One test, run on each kind of store; the body says `TestType subject;` first.
#define STORE_TEST_CASE(name)                                                                      \
    TEMPLATE_TEST_CASE(name, "[store]", iothub::testing::memory_subject,                           \
                       iothub::testing::sqlite_subject)
