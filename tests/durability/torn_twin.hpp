#pragma once
// Whether the parts of a service's twin document belong together. The writers set `n` and
// `filling`, which follows from `n`, in one patch of a section, and nothing else.

#include <cstdint>
#include <string>

#include "common/json.hpp"
#include "durability/filling.hpp"
#include "iothub/twin.hpp"

namespace iothub::durability {

// What is wrong with a section, "desired" or "reported"; empty: nothing.
inline std::string torn_section(const json& section, std::int64_t longest_filling) {
    const json& metadata = section.at("$metadata");
    if (!section.contains("n")) {
        return section.at("$version") == 1 && section.size() == 2 ? "" : "values are missing";
    }
    if (section.at("filling") != filling(section.at("n").get<std::int64_t>(), longest_filling)) {
        return "values of two patches";
    }
    if (!metadata.contains("n") || !metadata.contains("filling") ||
        metadata.at("n").at("$lastUpdated") != metadata.at("$lastUpdated")) {
        return "metadata without its values, or older than they are";
    }
    if (metadata.contains("$lastUpdatedVersion") &&
        (metadata.at("$lastUpdatedVersion") != section.at("$version") ||
         metadata.at("n").at("$lastUpdatedVersion") != section.at("$version"))) {
        return "metadata of another version";
    }
    return "";
}

inline std::string torn_twin(const twin& document, std::int64_t longest_filling) {
    for (const json* section : {&document.desired(), &document.reported()}) {
        if (const std::string fault = torn_section(*section, longest_filling); !fault.empty()) {
            return fault + ": " + section->dump();
        }
    }
    return "";
}

} // namespace iothub::durability
