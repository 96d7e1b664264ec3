#pragma once
// One operation of a JSON Patch, read and checked by itself (service API §1.5, §4.2). Part of
// digital_twin_patch.

#include <string>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::core::digital_twins {

struct patch_operation {
    std::string component;        // empty: a member of the root
    std::string name;             // of a property, or of a component
    const json* value = nullptr;  // in the document; null: it is removed
    bool whole_component = false; // the value bears "$metadata"

    bool removes() const { return value == nullptr; }

    // "thermostat1/targetTemperature"
    std::string place() const { return component.empty() ? name : component + "/" + name; }
};

// `document` outlives what is read of it; `index` is for the messages. Errors as of
// desired_patch_of().
result<patch_operation> read_patch_operation(const json& document, std::size_t index);

} // namespace iothub::core::digital_twins
