#pragma once
// The address of a blob container with its shared access signature:
// "http://127.0.0.1:10000/devstoreaccount1/c?sv=…&sig=…" (service API §1.5). Read by
// http_containers.

#include <cstdint>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace iothub::blob {

struct container_uri {
    bool tls = true;
    std::string host; // without brackets
    std::uint16_t port = 443;
    std::string authority; // as the Host field has it
    std::string path;      // "/devstoreaccount1/c", encoded
    std::string query;     // the signature: never to be logged
};

// blob_container_validation_error where it is not http or https, names no host or container, or
// holds what a URI cannot; at most 8 KiB. The message never quotes the text.
result<container_uri> parse_container_uri(std::string_view text);

} // namespace iothub::blob
