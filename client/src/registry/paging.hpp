#pragma once
// Listings that the hub gives page by page (service API §6.2): how a page is asked for, and what an
// answer makes. Used by the queries of registry_client and the list of job_client.

#include "client/src/registry/document_members.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "iothub/paged.hpp"

namespace iothub::client {

// argument_invalid where the page size is below zero.
http_fields paging_fields(int page_size, const std::string& continuation);

template <class Read>
auto read_page(const registry_answer& answer, Read read) {
    auto items = read_list(*answer.document, read);
    return page<typename decltype(items)::value_type>{
        std::move(items), std::string(answer.fields.find("x-ms-continuation"))};
}

} // namespace iothub::client
