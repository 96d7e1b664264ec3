#include "emulator/core/digital_twins/digital_twin_patch.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "common/json.hpp"
#include "emulator/core/digital_twins/conventions.hpp"
#include "emulator/core/digital_twins/patch_operation.hpp"
#include "emulator/core/twins/twin.hpp"
#include "emulator/core/twins/twin_validation.hpp"

namespace iothub::core::digital_twins {

namespace {

constexpr std::string_view section = "properties.desired";

const json& member(const json& object, const std::string& name) {
    static const json nothing;
    const auto found = object.find(name); // none in what is no object
    return found == object.end() ? nothing : *found;
}

// The merge patch that makes `before` exactly `after`; it has every member of `after`.
json replacement(const json& before, const json& after) {
    if (!before.is_object() || !after.is_object()) {
        return after;
    }
    json patch = json::object();
    for (const auto& [name, value] : after.items()) {
        patch[name] = replacement(member(before, name), value);
    }
    for (const auto& old : before.items()) {
        if (!after.contains(old.key())) {
            patch[old.key()] = nullptr;
        }
    }
    return patch;
}

error not_there(const std::string& what) {
    return {errc::invalid_digital_twin_patch, "The digital twin has no " + what};
}

error not_conformant(const std::string& name) {
    return {errc::argument_invalid,
            fmt::format("'{}' exists within the device twin and is not digital twin conformant "
                        "property. Please refer to aka.ms/dtpatch to update this to be conformant.",
                        name)};
}

// Applies operations to a copy of the desired properties, and remembers which ones they were.
class editor {
public:
    explicit editor(const twin& current)
        : before_(current.desired.values)
        , reported_(current.reported.values)
        , after_(before_) {}

    result<> apply(const patch_operation& o) {
        // What is too large by itself; an empty $metadata will not be kept.
        if (o.value != nullptr && section_size(*o.value) > max_properties_size + 16) {
            return check_size(section, json::object(), *o.value, max_properties_size);
        }
        return o.component.empty() ? apply_to_root(o) : apply_to_component(o);
    }

    // What no twin may hold is refused before it is compared member by member.
    result<> check() const {
        const auto valid = validate_section(section, after_);
        return valid ? check_size(section, before_, after_, max_properties_size) : valid;
    }

    json merge_patch() const {
        json patch = json::object();
        for (const auto& [name, properties] : touched_.items()) {
            patch[name] = properties.is_object() && after_.contains(name)
                              ? component_patch(name, properties)
                              : change_of(before_, after_, name);
        }
        return patch;
    }

private:
    result<> apply_to_root(const patch_operation& o) {
        const bool there = exists(o.name);
        if (o.removes() && !there) {
            return not_there(fmt::format("'{}'.", o.name));
        }
        if (!o.removes() && there && is_component_here(o.name) != o.whole_component) {
            return not_conformant(o.name);
        }
        if (o.removes()) {
            after_.erase(o.name);
        } else {
            after_[o.name] = o.whole_component ? marked_as_component(*o.value) : *o.value;
        }
        touched_[o.name] = nullptr;
        return {};
    }

    result<> apply_to_component(const patch_operation& o) {
        if (!exists(o.component)) {
            return not_there(fmt::format(
                "component '{}' yet: add one whose value has an empty $metadata.", o.component));
        }
        if (!is_component_here(o.component)) {
            return not_conformant(o.component);
        }
        if (!o.removes()) {
            set(o);
        } else if (member(after_, o.component).contains(o.name)) {
            clear(o);
        } else if (!member(reported_, o.component).contains(o.name)) {
            return not_there(fmt::format("'{}'.", o.place()));
        }
        return {};
    }

    void set(const patch_operation& o) {
        json& component = after_[o.component];
        component = marked_as_component(component.is_object() ? component : json::object());
        component[o.name] = *o.value;
        touch(o);
    }

    void clear(const patch_operation& o) {
        json& component = after_[o.component];
        component.erase(o.name);
        const bool bare = component.size() == (is_component(component) ? 1 : 0);
        if (bare) {
            after_.erase(o.component);
        }
        touch(o);
    }

    // What is touched as a whole stays so.
    void touch(const patch_operation& o) {
        if (!touched_.contains(o.component)) {
            touched_[o.component] = json::object();
        }
        if (json& properties = touched_[o.component]; properties.is_object()) {
            properties[o.name] = true;
        }
    }

    bool exists(const std::string& name) const {
        return after_.contains(name) || reported_.contains(name);
    }
    bool is_component_here(const std::string& name) const {
        return is_component(member(after_, name)) || is_component(member(reported_, name));
    }

    static json change_of(const json& before, const json& after, const std::string& name) {
        const auto now = after.find(name);
        return now == after.end() ? json() : replacement(member(before, name), *now);
    }

    json component_patch(const std::string& name, const json& properties) const {
        json patch = marked_as_component(json::object());
        for (const auto& touched : properties.items()) {
            patch[touched.key()] = change_of(member(before_, name), after_.at(name), touched.key());
        }
        return patch;
    }

    const json& before_;
    const json& reported_;
    json after_;
    json touched_ = json::object(); // name: null, or properties of a component
};

} // namespace

result<json> desired_patch_of(const json& operations, const twin& current) {
    if (!operations.is_array() || operations.empty()) {
        return error{errc::invalid_digital_twin_json_patch,
                     "The patch must be a JSON array of operations."};
    }
    if (operations.size() > max_patch_operations) {
        return error{errc::invalid_digital_twin_json_patch,
                     fmt::format("The patch has over {} operations.", max_patch_operations)};
    }
    editor edited(current);
    for (std::size_t i = 0; i < operations.size(); ++i) {
        const auto operation = read_patch_operation(operations[i], i);
        if (!operation) {
            return operation.error();
        }
        if (const auto applied = edited.apply(*operation); !applied) {
            return applied.error();
        }
    }
    const auto fits = edited.check();
    return fits ? result<json>(edited.merge_patch()) : fits.error();
}

} // namespace iothub::core::digital_twins
