#pragma once
// A hub with one device, and its twin at hand: writes are JSON text.

#include <optional>
#include <string>

#include "common/json.hpp"
#include "support/memory_hub.hpp"

namespace iothub::test {

struct twin_bench : memory_hub {
    twin_bench() { create(key); }

    static std::optional<json> parsed(const char* text) {
        return text == nullptr ? std::nullopt : std::optional(json::parse(text));
    }

    // A null pointer leaves the section out.
    result<core::twin> patch(const char* tags, const char* desired,
                             const core::precondition& demand = {}) {
        return hub.twins().patch(key, {parsed(tags), parsed(desired)}, demand);
    }
    result<core::twin> replace(const char* tags, const char* desired,
                               const core::precondition& demand = {}) {
        return hub.twins().replace(key, {parsed(tags), parsed(desired)}, demand);
    }
    result<std::uint64_t> report(const char* patch, std::optional<std::uint64_t> expected = {}) {
        return hub.twins().report(key, json::parse(patch), expected);
    }

    core::twin now() { return twin(key); }
    std::string desired() { return now().desired.values->dump(); }
    std::string reported() { return now().reported.values->dump(); }
    std::string tags() { return now().tags->dump(); }

    identity_key key{"d", ""};
};

} // namespace iothub::test
