#pragma once
// Service shared access signatures of Azure Storage for one blob (Azure Storage REST, "Create a
// service SAS", version 2018-11-09): what the hub hands to a device that uploads a file.

#include <string>
#include <string_view>

#include "common/result.hpp"
#include "common/timestamp.hpp"

namespace iothub {

struct blob_place {
    std::string account;
    std::string container;
    std::string blob; // not encoded
};

// "?sv=…&sr=b&sig=…&se=…&sp=rw": read and write until `expiry`. argument_invalid where the
// account's key is not base64.
result<std::string> sign_blob_access(const blob_place& place, std::string_view account_key,
                                     timestamp expiry);

} // namespace iothub
