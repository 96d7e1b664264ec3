#include "client/src/registry/document_members.hpp"

#include <cstdint>
#include <map>

#include "client/src/error_details.hpp"
#include "common/json.hpp"
#include "common/timestamp.hpp"

namespace iothub::client {

template <class T>
T value_of(const json& object, const char* name) {
    const auto& members = object.get_ref<const json::object_t&>();
    const auto found = members.find(name);
    return found == members.end() || found->second.is_null() ? T{} : found->second.get<T>();
}

template bool value_of(const json&, const char*);
template int value_of(const json&, const char*);
template std::int64_t value_of(const json&, const char*);
template std::string value_of(const json&, const char*);
template json value_of(const json&, const char*);
template std::vector<std::string> value_of(const json&, const char*);
template std::map<std::string, std::string> value_of(const json&, const char*);
template std::map<std::string, std::int64_t> value_of(const json&, const char*);

const json& object_of(const json& object, const char* name) {
    static const json none = json::object();
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? *found : none;
}

std::optional<hub_time> read_time(std::string_view text) {
    const auto parsed = parse_iso_8601(text);
    if (!parsed || *parsed == never) {
        return std::nullopt;
    }
    return std::chrono::floor<hub_time::duration>(*parsed);
}

std::optional<hub_time> time_of(const json& object, const char* name) {
    return read_time(value_of<std::string>(object, name));
}

std::string text_of(const hub_time& time) {
    return iso_8601(std::chrono::time_point_cast<ticks>(time));
}

void check_document(const json& document, const char* what, const std::function<void()>& read) {
    try {
        if (document.is_object()) {
            return read();
        }
    } catch (const json::exception&) {
        // said below
    }
    throw_error(hub_error_kind::protocol, "The hub's answer is no " + std::string(what));
}

void for_each_element(const json& documents, const std::function<void(const json&)>& visit) {
    if (!documents.is_array()) {
        throw_error(hub_error_kind::protocol, "The hub's answer is no list");
    }
    for (const json& document : documents) {
        visit(document);
    }
}

const json& list_of(const json& object, const char* name) {
    static const json none = json::array();
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? none : *found;
}

} // namespace iothub::client
