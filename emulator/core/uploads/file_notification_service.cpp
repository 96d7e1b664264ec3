#include "emulator/core/uploads/file_notification_service.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/blob_signature.hpp"
#include "common/percent_encoding.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/transfers/blob_container.hpp"

namespace iothub::core {

namespace {

constexpr std::chrono::minutes access_time{10};

} // namespace

file_notification_service::file_notification_service(core::store& store, const core::clock& clock,
                                                     id_source& ids, iothub::log& log,
                                                     std::optional<blob_storage> storage)
    : clock_(clock)
    , log_(log)
    , queue_(store, clock, ids) {
    if (storage && storage->notifications) {
        storage_ = std::move(storage);
    }
}

file_notification_service::~file_notification_service() = default;

void file_notification_service::uploaded(const identity_key& who, const std::string& blob_name) {
    if (!storage_) {
        return;
    }
    file_notification what;
    what.device_id = who.device_id;
    what.blob_uri = container_uri() + "/" + percent_encode(blob_name, "/");
    what.blob_name = blob_name;
    what.enqueued = clock_.now();
    what.updated = std::chrono::floor<std::chrono::seconds>(what.enqueued);
    queue_.add(std::move(what));
}

std::string file_notification_service::container_uri() const {
    const std::string account = storage_->account_in_path ? "/" + storage_->account : "";
    return "https://" + storage_->host + account + "/" + storage_->container;
}

void file_notification_service::interrupt() {
    asked_.reset();
    interrupted_ = true;
}

void file_notification_service::clear() {
    asked_.reset();
    queue_.clear();
}

bool file_notification_service::has_to_ask() const {
    return storage_ && !asked_ && !interrupted_ && queue_.first_without_size();
}

std::optional<timestamp> file_notification_service::next_deadline() const {
    return has_to_ask() ? never : queue_.next_deadline();
}

void file_notification_service::advance(timestamp now) {
    if (has_to_ask()) {
        ask_for_size(*queue_.first_without_size());
    }
    queue_.advance(now);
}

void file_notification_service::ask_for_size(const file_notification& what) {
    auto container = open(what.blob_name);
    if (!container) {
        answered(what, container.error());
        return;
    }
    asked_ = *std::move(container);
    asked_->read(what.blob_name, {0, 1}, [this, what](const result<blob_piece>& answer) {
        answered(what, answer);
        asked_.reset(); // and what this refers to with it
    });
}

result<std::unique_ptr<blob_container>>
file_notification_service::open(const std::string& blob_name) const {
    if (containers_ == nullptr) {
        return error{errc::blob_container_validation_error, "This hub cannot reach blob storage."};
    }
    const auto access = sign_blob_access({storage_->account, storage_->container, blob_name},
                                         storage_->account_key, clock_.now() + access_time);
    if (!access) {
        return access.error();
    }
    return containers_->open(container_uri() + *access);
}

// Whatever the answer, the back end learns of the file.
void file_notification_service::answered(const file_notification& what,
                                         const result<blob_piece>& answer) {
    if (!answer) {
        log_.write(
            log_level::warning, "uploads",
            "the notification of '" + what.blob_name +
                "' tells a size of 0, for the storage does not: " + log_text(answer.error()));
    }
    queue_.set_size(what.sequence_number, answer ? answer->blob_size : 0);
}

} // namespace iothub::core
