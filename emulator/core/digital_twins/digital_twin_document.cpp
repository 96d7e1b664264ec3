#include "emulator/core/digital_twins/digital_twin_document.hpp"

#include <string>
#include <utility>

#include "common/json.hpp"
#include "emulator/core/digital_twins/conventions.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core::digital_twins {

namespace {

const json* find(const json& object, const std::string& name) {
    const auto found = object.find(name); // none in what is no object
    return found == object.end() ? nullptr : &*found;
}

const json& object_at(const json& object, const std::string& name) {
    static const json nothing = json::object();
    const json* found = find(object, name);
    return found != nullptr && found->is_object() ? *found : nothing;
}

void copy(const json& from, const char* name, json& to, const char* as) {
    if (const json* found = find(from, name)) {
        to[as] = *found;
    }
}

// What one section of the twin says of the root, or of a component.
struct side {
    const json& values;
    const json& metadata;

    side component(const std::string& name) const {
        return {object_at(values, name), object_at(metadata, name)};
    }
};

// The values and the metadata of the root, or of a component.
struct shown {
    json values = json::object();
    json metadata = json::object();
};

void describe_property(const side& desired, const side& reported, const std::string& name,
                       shown& into) {
    json about = json::object();
    copy(desired.values, name.c_str(), about, "desiredValue");
    copy(object_at(desired.metadata, name), "$lastUpdatedVersion", about, "desiredVersion");
    if (const json* told = find(reported.values, name)) {
        const bool acknowledged = is_acknowledgement(*told);
        into.values[name] = acknowledged ? told->at("value") : *told;
        if (acknowledged) {
            copy(*told, "av", about, "ackVersion");
            copy(*told, "ac", about, "ackCode");
            copy(*told, "ad", about, "ackDescription");
        }
        copy(object_at(reported.metadata, name), "$lastUpdated", about, "lastUpdateTime");
    }
    into.metadata[name] = std::move(about);
}

shown describe_members(const side& desired, const side& reported, bool of_root);

json describe_component(const side& desired, const side& reported) {
    shown inside = describe_members(desired, reported, false);
    json component{{"$metadata", std::move(inside.metadata)}};
    component.update(inside.values);
    return component;
}

bool is_component_in(const side& section, const std::string& name) {
    const json* member = find(section.values, name);
    return member != nullptr && is_component(*member);
}

// In their order, the reported ones first. There are no components within components.
shown describe_members(const side& desired, const side& reported, bool of_root) {
    shown all;
    const auto describe = [&](const std::string& name) {
        if (of_root && (is_component_in(desired, name) || is_component_in(reported, name))) {
            all.values[name] =
                describe_component(desired.component(name), reported.component(name));
        } else if (name != component_mark) {
            describe_property(desired, reported, name, all);
        }
    };
    for (const auto& member : reported.values.items()) {
        describe(member.key());
    }
    for (const auto& member : desired.values.items()) {
        if (!reported.values.contains(member.key())) {
            describe(member.key());
        }
    }
    return all;
}

} // namespace

json digital_twin_document(const twin& t) {
    shown root = describe_members({t.desired.values, t.desired.metadata},
                                  {t.reported.values, t.reported.metadata}, true);
    json metadata{{"$model", t.model_id}};
    metadata.update(root.metadata);
    json document{{"$dtId", t.key.device_id}, {"$metadata", std::move(metadata)}};
    document.update(root.values);
    return document;
}

} // namespace iothub::core::digital_twins
