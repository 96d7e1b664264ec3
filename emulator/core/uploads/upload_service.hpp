#pragma once
// File uploads (device protocol §3; row F02): a device asks where it may put a file, puts it into
// blob storage by itself, and tells the hub how that went. Uploads under way do not outlast the
// hub.

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

class clock;
class id_source;

// The storage that the configuration names: Azure's own ("account.blob.core.windows.net"), or an
// Azurite-style endpoint with the account in the path ("127.0.0.1:10000" and "devstoreaccount1").
struct blob_storage {
    std::string host; // with its port
    std::string account;
    bool account_in_path = false;
    std::string container;
    std::string account_key;    // base64
    bool notifications = false; // of finished uploads, for back ends
};

// Where a file goes: https://{host_name}/{container_name}/{blob_name}{sas_token}
struct upload_ticket {
    std::string correlation_id;
    std::string host_name;
    std::string container_name;
    std::string blob_name; // "{device}/{name}", or "{device}/{module}/{name}"
    std::string sas_token; // begins with "?"
};

class upload_service {
public:
    static constexpr std::size_t max_uploads_of_identity = 10;
    static constexpr std::size_t max_uploads = 10'000;
    static constexpr std::size_t max_blob_name = 1024;
    static constexpr std::chrono::hours time_limit{1};

    upload_service(std::optional<blob_storage> storage, const core::clock& clock, id_source& ids);

    // default_storage_endpoint_not_configured, argument_invalid (no name for a blob),
    // too_many_uploads (10 of one identity are under way).
    result<upload_ticket> begin(const identity_key& who, const std::string& name);

    // The name of the blob. invalid_file_upload_correlation_id where no such upload of that
    // identity is under way.
    result<std::string> finish(const identity_key& who, const std::string& correlation_id);

    // The identity is gone, a device with its modules: its uploads have ended.
    void forget(const identity_key& who);

private:
    struct upload {
        identity_key who;
        std::string blob_name;
        timestamp expiry;
    };

    result<> check_name(const std::string& name) const;
    void drop_expired();
    std::size_t uploads_of(const identity_key& who) const;

    std::optional<blob_storage> storage_;
    const core::clock& clock_;
    id_source& ids_;
    std::map<std::string, upload> uploads_; // by correlation id
};

} // namespace iothub::core
