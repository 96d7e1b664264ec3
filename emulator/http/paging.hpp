#pragma once
// The header fields by which long answers come in pages (service API §6.2): x-ms-max-item-count,
// x-ms-continuation and x-ms-item-type. For queries of twins and of jobs.

#include <cstddef>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "emulator/http_codec/fields.hpp"

namespace iothub::http {

struct paging {
    std::size_t size = 100;
    std::string continuation; // empty: the first page
};

// argument_invalid where the size is no number or 0. One that no page could have means "as many as
// there may be".
result<paging> read_paging(const http_codec::fields& headers);

// .NET reads the type letter by letter, and refuses an answer without it; Node and Java take a
// continuation, even an empty one, for another page.
void add_paging(http_codec::fields& headers, std::string_view item_type,
                const std::string& continuation);

} // namespace iothub::http
