#include "common/member_reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub {

member_reader::member_reader(const json& object, std::optional<error>& fault, std::string path)
    : object_(&object)
    , fault_(&fault)
    , path_(std::move(path)) {}

std::optional<std::string> member_reader::text(std::string_view name) const {
    const json* member = find(name);
    if (member == nullptr) {
        return std::nullopt;
    }
    if (!member->is_string()) {
        refuse(name, "must be a string");
        return std::nullopt;
    }
    return member->get<std::string>();
}

bool member_reader::flag(std::string_view name) const {
    const json* member = find(name);
    if (member != nullptr && !member->is_boolean()) {
        refuse(name, "must be true or false");
        return false;
    }
    return member != nullptr && member->get<bool>();
}

std::optional<std::int64_t> member_reader::integer(std::string_view name) const {
    const json* member = find(name);
    if (member == nullptr) {
        return std::nullopt;
    }
    if (!member->is_number_integer()) {
        refuse(name, "must be a whole number");
        return std::nullopt;
    }
    if (member->is_number_unsigned() &&
        !std::in_range<std::int64_t>(member->get<std::uint64_t>())) {
        refuse(name, "is too large");
        return std::nullopt;
    }
    return member->get<std::int64_t>();
}

std::vector<std::string> member_reader::texts(std::string_view name) const {
    const json* member = find(name);
    if (member == nullptr) {
        return {};
    }
    std::vector<std::string> list;
    bool proper = member->is_array();
    for (const json& element : proper ? *member : json::array()) {
        proper = proper && element.is_string();
        list.push_back(proper ? element.get<std::string>() : std::string());
    }
    if (!proper) {
        refuse(name, "must be an array of strings");
        return {};
    }
    return list;
}

member_reader member_reader::object(std::string_view name) const {
    static const json nothing = json::object();
    const json* member = find(name);
    if (member != nullptr && !member->is_object()) {
        refuse(name, "must be an object");
        member = nullptr;
    }
    return {member == nullptr ? nothing : *member, *fault_, fmt::format("{}{}.", path_, name)};
}

std::string member_reader::object_text(std::string_view name) const {
    const json* member = find(name);
    if (member != nullptr && !member->is_object()) {
        refuse(name, "must be an object");
    }
    const bool told = member != nullptr && member->is_object() && !member->empty();
    return told ? to_text(*member) : std::string();
}

void member_reader::refuse(std::string_view name, std::string_view rule) const {
    if (!*fault_) {
        *fault_ =
            error{errc::argument_invalid, fmt::format("The member '{}{}' {}.", path_, name, rule)};
    }
}

const json* member_reader::find(std::string_view name) const {
    const auto found = object_->find(std::string(name));
    return found == object_->end() || found->is_null() ? nullptr : &*found;
}

} // namespace iothub
