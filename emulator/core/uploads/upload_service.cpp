#include "emulator/core/uploads/upload_service.hpp"

#include <algorithm>

#include "common/blob_signature.hpp"
#include "common/control_character.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"

namespace iothub::core {

upload_service::upload_service(std::optional<blob_storage> storage, const core::clock& clock,
                               id_source& ids)
    : storage_(std::move(storage))
    , clock_(clock)
    , ids_(ids) {}

result<upload_ticket> upload_service::begin(const identity_key& who, const std::string& name) {
    if (const auto usable = check_name(name); !usable) {
        return usable.error();
    }
    drop_expired();
    if (uploads_of(who) >= max_uploads_of_identity || uploads_.size() >= max_uploads) {
        return error{errc::too_many_uploads, "Too many file uploads are under way."};
    }
    const timestamp expiry = clock_.now() + time_limit;
    const std::string blob_name = who.text() + "/" + name;
    const auto token = sign_blob_access({storage_->account, storage_->container, blob_name},
                                        storage_->account_key, expiry);
    if (!token) {
        return token.error();
    }
    const std::string id = make_guid(ids_);
    uploads_[id] = {who, blob_name, expiry};
    const std::string account = storage_->account_in_path ? storage_->account + "/" : "";
    return upload_ticket{id, storage_->host, account + storage_->container, blob_name, *token};
}

result<> upload_service::check_name(const std::string& name) const {
    if (!storage_) {
        return error{errc::default_storage_endpoint_not_configured,
                     "The hub has no blob storage for file uploads: name one as blobStorage in its "
                     "configuration."};
    }
    if (name.empty() || name.size() > max_blob_name || has_control_character(name)) {
        return error{errc::argument_invalid,
                     "blobName must have 1 to 1024 characters, none of them a control character."};
    }
    return {};
}

result<std::string> upload_service::finish(const identity_key& who,
                                           const std::string& correlation_id) {
    drop_expired();
    const auto found = uploads_.find(correlation_id);
    if (found == uploads_.end() || found->second.who != who) {
        return error{errc::invalid_file_upload_correlation_id,
                     "No file upload with this correlation id is under way."};
    }
    std::string blob_name = std::move(found->second.blob_name);
    uploads_.erase(found);
    return blob_name;
}

void upload_service::forget(const identity_key& who) {
    std::erase_if(uploads_, [&](const auto& entry) { return who.covers(entry.second.who); });
}

void upload_service::drop_expired() {
    const timestamp now = clock_.now();
    std::erase_if(uploads_, [now](const auto& entry) { return entry.second.expiry <= now; });
}

std::size_t upload_service::uploads_of(const identity_key& who) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        uploads_, [&](const auto& entry) { return entry.second.who == who; }));
}

} // namespace iothub::core
