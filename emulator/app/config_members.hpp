#pragma once
// How the objects of a configuration file are read (docs/configuration.md): a table says which
// members an object may have, and what is wrong is told with its place. Used by config_file,
// policy_document and seed_document.

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "common/json_fwd.hpp"

namespace iothub::app {

// What is wrong where; empty when nothing is. It never holds a value of the file.
struct fault {
    fault() = default;
    fault(const char* broken_rule)
        : rule(broken_rule) {}
    fault(std::string broken_rule, std::string where = {})
        : rule(std::move(broken_rule))
        , place(std::move(where)) {}

    bool empty() const { return rule.empty() && !unknown_key; }

    std::string rule;  // "must be …"; of an unknown key, the key that was meant or nothing
    std::string place; // "[2].modules[0].tags"
    bool unknown_key = false;
};

// The fault as seen from further out: `f` lies within `place`.
fault within(std::string_view place, fault f);

// `"devices[2].tags" must be …`, or `unknown key "…"; did you mean "…"?`
std::string sentence(const fault& f);

fault read_text(const json& value, std::string& target);
fault read_flag(const json& value, bool& target);

// Reads a member of `object` for each of its keys, which must be among `known`; `read` is told
// which one it is. The first fault ends it.
fault read_object(const json& object, std::span<const std::string_view> known,
                  const std::function<fault(std::size_t index, const json& value)>& read);

// Reads the elements of `array` in their order. The first fault ends it.
fault read_elements(const json& array,
                    const std::function<fault(std::size_t index, const json& value)>& read);

template <class Target>
struct member {
    std::string_view key;
    fault (*read)(const json&, Target&);
};

template <class Target, std::size_t N>
fault read_members(const json& object, const std::array<member<Target>, N>& known, Target& target) {
    std::array<std::string_view, N> keys;
    for (std::size_t i = 0; i < N; ++i) {
        keys[i] = known[i].key;
    }
    return read_object(object, keys, [&](std::size_t index, const json& value) {
        return known[index].read(value, target);
    });
}

} // namespace iothub::app
