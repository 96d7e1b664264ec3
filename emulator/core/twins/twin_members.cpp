#include "emulator/core/twins/twin_members.hpp"

#include <array>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/registry/identity_document.hpp"

namespace iothub::core {

namespace {

using value = std::optional<json>;
using parts = twin_parts;

value unless_empty(const json& object) {
    return object.empty() ? value() : object;
}

value text_or_nothing(const std::optional<std::string>& text) {
    return text ? value(*text) : value();
}

value thumbprints(const authentication& a) {
    const auto text = [](const std::optional<std::string>& t) { return t ? json(*t) : json(); };
    return json{{"primaryThumbprint", text(a.primary_thumbprint)},
                {"secondaryThumbprint", text(a.secondary_thumbprint)}};
}

value properties(const twin& t) {
    return json{{"desired", section_document(t.desired)},
                {"reported", section_document(t.reported)}};
}

value module_id(const parts& p) {
    return p.key().is_module() ? value(p.key().module_id) : value();
}

value model_id(const parts& p) {
    const std::string& announced = p.twin().model_id;
    return announced.empty() ? value() : value(announced);
}

value capabilities(const parts& p) {
    const identity* device = p.capable_device();
    return device == nullptr ? value() : value(json{{"iotEdge", device->iot_edge}});
}

// Where a device stands among others; modules show none of it.
value device_scope(const parts& p) {
    return p.key().is_module() ? value() : text_or_nothing(p.owner().device_scope);
}

value parent_scopes(const parts& p) {
    return p.key().is_module() || p.owner().parent_scopes.empty() ? value()
                                                                  : value(p.owner().parent_scopes);
}

// Their text was once read from JSON.
value attributes(const parts& p) {
    return p.key().is_module() || p.owner().attributes.empty()
               ? value()
               : value(parse_json(p.owner().attributes).value());
}

constexpr std::array table{
    twin_member{"deviceId", [](const parts& p) { return value(p.key().device_id); }},
    twin_member{"moduleId", module_id},
    twin_member{"etag", [](const parts& p) { return value(etag_text(p.twin())); }},
    twin_member{"deviceEtag", [](const parts& p) { return value(etag_text(p.owner())); }},
    twin_member{"status",
                [](const parts& p) { return value(p.owner().enabled ? "enabled" : "disabled"); }},
    twin_member{"statusReason",
                [](const parts& p) { return text_or_nothing(p.owner().status_reason); }},
    twin_member{"statusUpdateTime",
                [](const parts& p) { return value(iso_8601(p.owner().status_updated)); }},
    twin_member{
        "connectionState",
        [](const parts& p) { return value(p.owner().connected ? "Connected" : "Disconnected"); }},
    twin_member{"lastActivityTime",
                [](const parts& p) { return value(iso_8601(p.owner().activity.last_activity)); }},
    twin_member{"cloudToDeviceMessageCount",
                [](const parts& p) { return value(p.owner().waiting_messages); }},
    twin_member{
        "authenticationType",
        [](const parts& p) { return value(authentication_name(p.owner().authentication.type)); }},
    twin_member{"x509Thumbprint",
                [](const parts& p) { return thumbprints(p.owner().authentication); }},
    twin_member{"modelId", model_id},
    twin_member{"version", [](const parts& p) { return value(p.twin().version); }},
    twin_member{"tags", [](const parts& p) { return unless_empty(p.twin().tags); }},
    twin_member{"properties", [](const parts& p) { return properties(p.twin()); }},
    twin_member{"capabilities", capabilities},
    twin_member{"deviceScope", device_scope},
    twin_member{"parentScopes", parent_scopes},
    twin_member{"attributes", attributes},
    twin_member{"configurations",
                [](const parts& p) { return unless_empty(p.twin().configurations); }},
};

} // namespace

std::span<const twin_member> twin_members() {
    return table;
}

json section_document(const twin_section& section) {
    json s = section.values;
    s["$metadata"] = section.metadata;
    s["$version"] = section.version;
    return s;
}

} // namespace iothub::core
