#include "client/src/registry/paging.hpp"

#include "client/src/error_details.hpp"

namespace iothub::client {

http_fields paging_fields(int page_size, const std::string& continuation) {
    if (page_size < 0) {
        throw_argument_invalid("The page size is below zero");
    }
    http_fields fields;
    if (page_size > 0) {
        fields.list.emplace_back("x-ms-max-item-count", std::to_string(page_size));
    }
    if (!continuation.empty()) {
        fields.list.emplace_back("x-ms-continuation", continuation);
    }
    return fields;
}

} // namespace iothub::client
