#include "emulator/app/registry_document.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/app/edge_parents.hpp"
#include "emulator/app/seed_document.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/registry/system_modules.hpp"
#include "emulator/management/surroundings.hpp"

namespace iothub::app {

namespace {

using core::authentication_type;

void put_authentication(json& document, const core::authentication& auth) {
    if (auth.type == authentication_type::sas) {
        document["primaryKey"] = auth.primary_key;
        document["secondaryKey"] = auth.secondary_key;
        return;
    }
    if (auth.primary_thumbprint) {
        document["primaryThumbprint"] = *auth.primary_thumbprint;
    }
    if (auth.secondary_thumbprint) {
        document["secondaryThumbprint"] = *auth.secondary_thumbprint;
    }
    document["authentication"] =
        auth.type == authentication_type::self_signed ? "selfSigned" : "certificateAuthority";
}

void put_section(json& document, const char* name, const json& section) {
    if (!section.empty()) {
        document[name] = section;
    }
}

void put_text(json& document, const char* name, const std::optional<std::string>& text) {
    if (text && !text->empty()) {
        document[name] = *text;
    }
}

void put_sections(json& document, core::hub& hub, const core::identity& id) {
    const core::twin twin = hub.twins().get(id.key).value();
    put_section(document, "tags", twin.tags);
    put_section(document, "desired", twin.desired.values);
    put_section(document, "reported", twin.reported.values);
}

json module_document(core::hub& hub, const core::identity& id) {
    json document = {{"moduleId", id.key.module_id}};
    if (!core::is_system_module(id.key)) {
        put_text(document, "managedBy", id.managed_by);
        put_authentication(document, id.authentication);
    }
    put_sections(document, hub, id);
    return document;
}

// Of a module of the system there may be nothing to say.
bool is_worth_showing(const json& module) {
    return !module.at("moduleId").get<std::string>().starts_with('$') || module.size() > 1;
}

json device_document(core::hub& hub, const core::identity& id) {
    json document = {{"deviceId", id.key.device_id}};
    if (!id.enabled) {
        document["status"] = "disabled";
    }
    put_text(document, "statusReason", id.status_reason);
    if (id.iot_edge) {
        document["iotEdge"] = true;
    }
    put_text(document, "parent", parent_of(hub, id));
    if (const auto attributes = parse_json(id.attributes)) {
        put_section(document, "attributes", *attributes);
    }
    put_authentication(document, id.authentication);
    put_sections(document, hub, id);
    for (const core::identity& module : hub.identities().list_modules(id.key.device_id).value()) {
        if (json described = module_document(hub, module); is_worth_showing(described)) {
            document["modules"].push_back(std::move(described));
        }
    }
    return document;
}

error invalid(std::string message) {
    return {errc::argument_invalid, std::move(message)};
}

result<seed> read_registry(std::string_view text) {
    constexpr json_limits limits{70, 8'000'000};
    const auto document = parse_json(text, limits);
    if (!document) {
        return document.error();
    }
    if (!document->is_object() || !document->contains("devices")) {
        return invalid("The body must be a JSON object with \"devices\".");
    }
    static constexpr std::array<std::string_view, 1> known{"devices"};
    seed read;
    const fault f = read_object(*document, known, [&](std::size_t, const json& value) {
        return read_devices(value, read);
    });
    return f.empty() ? result<seed>(std::move(read)) : invalid(sentence(f));
}

// What only the hub knows of: the modules that a device has already.
result<> check_room(core::hub& hub, const seed& wanted) {
    std::map<std::string, std::set<std::string>> modules_of;
    for (const seeded_identity& one : wanted.identities) {
        auto& modules = modules_of[one.request.key.device_id];
        if (one.request.key.is_module() && !core::is_system_module(one.request.key)) {
            modules.insert(one.request.key.module_id);
        }
    }
    for (auto& [device_id, modules] : modules_of) {
        if (const auto present = hub.identities().list_modules(device_id)) {
            for (const core::identity& module : *present) {
                if (!core::is_system_module(module.key)) {
                    modules.insert(module.key.module_id);
                }
            }
        }
        if (modules.size() > core::identity_registry::max_modules_of_device) {
            return invalid("The device '" + device_id +
                           "' would have more than 50 modules, with those that it has already.");
        }
    }
    return {};
}

// After the checks, nothing can be refused any more.
template <class T>
void expect(const result<T>& done, const seeded_identity& one) {
    if (!done) {
        throw std::logic_error(one.place + ": " + log_text(done.error()));
    }
}

json removal_of(const json& values) {
    json patch = json::object();
    for (const auto& [name, value] : values.items()) {
        patch[name] = nullptr;
    }
    return patch;
}

void replace_reported(core::hub& hub, const seeded_identity& one) {
    const auto twin = hub.twins().get(one.request.key);
    if (!twin->reported.values->empty()) {
        expect(hub.twins().report(one.request.key, removal_of(twin->reported.values), {}), one);
    }
    if (one.reported) {
        expect(hub.twins().report(one.request.key, *one.reported, {}), one);
    }
}

void put_identity(core::hub& hub, const seeded_identity& one,
                  const result<core::identity>& present) {
    auto wanted = request_below_parent(hub, one);
    expect(wanted, one);
    if (!present) {
        expect(hub.identities().put(*wanted, {}), one);
        return;
    }
    if (wanted->iot_edge && present->iot_edge) {
        wanted->device_scope = present->device_scope;
    } else if (present->iot_edge && !one.parent.empty()) {
        expect(hub.identities().put(one.request, core::precondition::anything()), one);
    }
    expect(hub.identities().put(*wanted, core::precondition::anything()), one);
}

void put(core::hub& hub, const seeded_identity& one) {
    const auto exists = hub.identities().get(one.request.key);
    if (!core::is_system_module(one.request.key)) {
        put_identity(hub, one, exists);
    }
    if (exists) {
        expect(hub.twins().replace(one.request.key, one.twin, {}), one);
    } else {
        expect(hub.twins().patch(one.request.key, one.twin, {}), one);
    }
    replace_reported(hub, one);
}

error too_large() {
    return {errc::message_too_large,
            "The registry is larger than 16 MiB as text; ask for one device at a time."};
}

result<std::string> export_device(core::hub& hub, std::string_view device_id) {
    const auto id = hub.identities().get({std::string(device_id), {}});
    if (!id) {
        return error{errc::device_not_found, "There is no such device."};
    }
    return to_text({{"devices", json::array({device_document(hub, *id)})}});
}

} // namespace

result<std::string> export_registry(core::hub& hub, std::string_view device_id) {
    if (!device_id.empty()) {
        return export_device(hub, device_id);
    }
    std::string text = R"({"devices":[)";
    std::string last;
    for (auto devices = hub.identities().list_devices(500); !devices.empty();
         devices = hub.identities().list_devices(500, last)) {
        for (const core::identity& device : devices) {
            text.append(last.empty() ? "" : ",").append(to_text(device_document(hub, device)));
            last = device.key.device_id;
            if (text.size() + 2 > management::max_registry_size) {
                return too_large();
            }
        }
    }
    return text + "]}";
}

std::string export_devices(core::hub& hub, std::string_view after, std::size_t limit) {
    std::string text = R"({"devices":[)";
    bool first = true;
    for (const core::identity& device : hub.identities().list_devices(limit, after)) {
        const std::string one = to_text(device_document(hub, device));
        if (!first && text.size() + one.size() + 3 > management::max_registry_size) {
            break;
        }
        text.append(first ? "" : ",").append(one);
        first = false;
    }
    return text + "]}";
}

result<> import_registry(core::hub& hub, std::string_view text) {
    auto wanted = read_registry(text);
    if (!wanted) {
        return wanted.error();
    }
    if (const auto ordered = order_by_parents(hub, wanted->identities); !ordered) {
        return ordered;
    }
    if (const auto room = check_room(hub, *wanted); !room) {
        return room;
    }
    for (const seeded_identity& one : wanted->identities) {
        put(hub, one);
    }
    return {};
}

void reset(core::hub& hub, const seed& wanted, bool with_identities) {
    hub.clear();
    if (with_identities) {
        plant(hub, wanted);
    } else {
        register_authorities(hub, wanted.authorities);
    }
}

} // namespace iothub::app
