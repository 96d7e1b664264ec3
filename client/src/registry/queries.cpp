// The queries of registry_client.

#include <utility>

#include "client/src/error_details.hpp"
#include "client/src/registry/paging.hpp"
#include "common/json.hpp"

namespace iothub {

namespace {

using client::registry_answer;
using client::registry_connection;

// A listing whose pages `read` makes of the hub's answers.
template <class Item, class Read>
paged<Item> listing(std::shared_ptr<registry_connection> connection, std::string_view text,
                    const paging_options& options, Read read) {
    const auto fetch = [connection = std::move(connection), text = std::string(text),
                        size = options.page_size, read](const std::string& continuation) {
        const json body = {{"query", text}};
        return read(connection->ask({.method = "POST",
                                     .path = {"devices", "query"},
                                     .body = &body,
                                     .fields = client::paging_fields(size, continuation),
                                     .only_reads = true}));
    };
    return paged<Item>(fetch, options.continuation);
}

page<json> read_rows(const registry_answer& answer) {
    return client::read_page(answer, [](const json& row) { return row; });
}

twin read_twin(const json& row) {
    return client::read_document(row, "twin", [&] { return twin(row); });
}

page<twin> read_twins(const registry_answer& answer) {
    if (answer.fields.find("x-ms-item-type") != "Twin") {
        client::throw_argument_invalid("The query does not select whole twins");
    }
    return client::read_page(answer, read_twin);
}

} // namespace

paged<json> registry_client::query(std::string_view text, const paging_options& options) {
    return listing<json>(connection_, text, options, read_rows);
}

paged<twin> registry_client::query_twins(std::string_view text, const paging_options& options) {
    return listing<twin>(connection_, text, options, read_twins);
}

} // namespace iothub
