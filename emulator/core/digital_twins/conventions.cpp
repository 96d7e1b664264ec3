#include "emulator/core/digital_twins/conventions.hpp"

#include <algorithm>

#include "common/json.hpp"

namespace iothub::core::digital_twins {

namespace {

constexpr std::size_t longest_name = 64;

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

bool is_component(const json& member) {
    const auto mark = member.find(component_mark); // none in what is no object
    return mark != member.end() && *mark == "c";
}

json marked_as_component(const json& properties) {
    json component{{component_mark, "c"}};
    component.update(properties);
    component.erase("$metadata");
    return component;
}

bool is_acknowledgement(const json& reported) {
    return reported.is_object() && reported.contains("value") &&
           (reported.contains("ac") || reported.contains("av"));
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && is_letter(text.front()) &&
           text.back() != '_' && std::ranges::all_of(text, [](char c) {
               return is_letter(c) || is_digit(c) || c == '_';
           });
}

} // namespace iothub::core::digital_twins
