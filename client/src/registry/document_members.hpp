#pragma once
// Reading the members of the hub's documents, where null is as good as absent. Used by everything
// that reads one.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/json_fwd.hpp"
#include "iothub/identities.hpp"

namespace iothub::client {

// The default where it is absent or null; json::exception where it is of another type, or `object`
// is none. For bool, int, std::int64_t, std::string, json, vectors of text, and maps from text to
// text or int64.
template <class T>
T value_of(const json& object, const char* name);

// An empty object where there is none.
const json& object_of(const json& object, const char* name);

// Nothing where it is no time, or .NET's time of what never happened; of a member too where it is
// absent or null.
std::optional<hub_time> read_time(std::string_view text);
std::optional<hub_time> time_of(const json& object, const char* name);

std::string text_of(const hub_time& time);

// Calls `read`; protocol_error with "The hub's answer is no …" where the document is no object or a
// member is not what `read` takes it for.
void check_document(const json& document, const char* what, const std::function<void()>& read);

// What `read` makes of a document.
template <class Read>
auto read_document(const json& document, const char* what, Read read) {
    std::optional<decltype(read())> made;
    check_document(document, what, [&] { made.emplace(read()); });
    return *std::move(made);
}

// Of an array; protocol_error where the document is none.
void for_each_element(const json& documents, const std::function<void(const json&)>& visit);

// What `read` makes of each element of an array.
template <class Read>
auto read_list(const json& documents, Read read) {
    std::vector<decltype(read(documents))> list;
    for_each_element(documents, [&](const json& document) { list.push_back(read(document)); });
    return list;
}

// The array that is a member; an empty one where that is absent or null.
const json& list_of(const json& object, const char* name);

// From a table of values and the names they have in documents; `otherwise` where none fits.
template <class Table, class Value>
Value named(const Table& table, const std::string& name, Value otherwise) {
    for (const auto& [value, known] : table) {
        if (name == known) {
            return value;
        }
    }
    return otherwise;
}

} // namespace iothub::client
