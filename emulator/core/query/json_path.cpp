#include "emulator/core/query/json_path.hpp"

#include <charconv>

#include "common/json.hpp"
#include "common/letter_case.hpp"

namespace iothub::core::query {

namespace {

const json* member(const json& object, const std::string& name, name_match how) {
    if (const auto found = object.find(name); found != object.end()) {
        return &*found;
    }
    if (how == name_match::any_case) {
        for (auto i = object.begin(); i != object.end(); ++i) {
            if (equal_ignoring_case(i.key(), name)) {
                return &*i;
            }
        }
    }
    return nullptr;
}

const json* element(const json& array, const std::string& digits) {
    std::size_t index = 0;
    const char* const end = digits.data() + digits.size();
    const auto [rest, failure] = std::from_chars(digits.data(), end, index);
    return rest == end && failure == std::errc() && index < array.size() ? &array[index] : nullptr;
}

} // namespace

const json* follow(const json& from, std::span<const std::string> names, name_match how) {
    const json* at = &from;
    for (const std::string& name : names) {
        at = at->is_object()  ? member(*at, name, how)
             : at->is_array() ? element(*at, name)
                              : nullptr;
        if (at == nullptr) {
            return nullptr;
        }
    }
    return at;
}

} // namespace iothub::core::query
