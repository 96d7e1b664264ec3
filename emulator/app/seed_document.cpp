#include "emulator/app/seed_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/registry/system_modules.hpp"
#include "emulator/core/twins/twin_section.hpp"
#include "emulator/core/twins/twin_validation.hpp"

namespace iothub::app {

namespace {

using core::authentication_type;

// A device with its modules, or a module.
struct entry {
    seeded_identity own;
    std::vector<seeded_identity> modules;
};

constexpr std::array<std::pair<std::string_view, authentication_type>, 3> authentication_names{{
    {"sas", authentication_type::sas},
    {"selfSigned", authentication_type::self_signed},
    {"certificateAuthority", authentication_type::certificate_authority},
}};

constexpr std::ptrdiff_t max_modules = core::identity_registry::max_modules_of_device;

fault refused(const error& reason) {
    return "is refused: " + reason.message;
}

fault read_authentication(const json& value, entry& e) {
    for (const auto& [name, type] : authentication_names) {
        if (value == name) {
            e.own.request.authentication.type = type;
            return {};
        }
    }
    return "must be \"sas\", \"selfSigned\" or \"certificateAuthority\"";
}

fault read_status(const json& value, entry& e) {
    if (value != "enabled" && value != "disabled") {
        return "must be \"enabled\" or \"disabled\"";
    }
    e.own.request.enabled = value == "enabled";
    return {};
}

fault read_section(std::string_view name, const json& value, std::size_t limit,
                   std::optional<json>& target) {
    if (!value.is_object()) {
        return "must be a JSON object";
    }
    json section = core::without_system_members(value);
    if (const auto valid = core::validate_section(name, section); !valid) {
        return refused(valid.error());
    }
    if (const auto fits = core::check_size(name, json::object(), section, limit); !fits) {
        return refused(fits.error());
    }
    target = std::move(section);
    return {};
}

fault read_tags(const json& value, entry& e) {
    return read_section("tags", value, core::max_tags_size, e.own.twin.tags);
}

fault read_desired(const json& value, entry& e) {
    return read_section("desired", value, core::max_properties_size, e.own.twin.desired);
}

// A device reports; a document may bring back what one had reported.
fault read_reported(const json& value, entry& e) {
    return read_section("reported", value, core::max_properties_size, e.own.reported);
}

fault read_attributes(const json& value, entry& e) {
    if (!value.is_object()) {
        return "must be a JSON object";
    }
    e.own.request.attributes = value.empty() ? "" : to_text(value);
    return {};
}

fault read_modules(const json& value, entry& device);

core::authentication_request& auth(entry& e) {
    return e.own.request.authentication;
}

// What devices and modules have in common.
constexpr std::array shared_members{
    member<entry>{"primaryKey",
                  [](const json& v, entry& e) { return read_text(v, auth(e).primary_key); }},
    member<entry>{"secondaryKey",
                  [](const json& v, entry& e) { return read_text(v, auth(e).secondary_key); }},
    member<entry>{
        "primaryThumbprint",
        [](const json& v, entry& e) { return read_text(v, auth(e).primary_thumbprint.emplace()); }},
    member<entry>{"secondaryThumbprint",
                  [](const json& v, entry& e) {
                      return read_text(v, auth(e).secondary_thumbprint.emplace());
                  }},
    member<entry>{"authentication", read_authentication},
    member<entry>{"tags", read_tags},
    member<entry>{"desired", read_desired},
    member<entry>{"reported", read_reported},
};

template <std::size_t N>
constexpr auto with_shared_members(const std::array<member<entry>, N>& own) {
    std::array<member<entry>, N + shared_members.size()> all{};
    std::ranges::copy(shared_members, std::ranges::copy(own, all.begin()).out);
    return all;
}

constexpr auto device_members = with_shared_members(std::array{
    member<entry>{"deviceId", [](const json& v,
                                 entry& e) { return read_text(v, e.own.request.key.device_id); }},
    member<entry>{"status", read_status},
    member<entry>{"statusReason",
                  [](const json& v, entry& e) {
                      return read_text(v, e.own.request.status_reason.emplace());
                  }},
    member<entry>{"iotEdge",
                  [](const json& v, entry& e) { return read_flag(v, e.own.request.iot_edge); }},
    member<entry>{"parent", [](const json& v, entry& e) { return read_text(v, e.own.parent); }},
    member<entry>{"attributes", read_attributes},
    member<entry>{"modules", read_modules},
});

constexpr auto module_members = with_shared_members(std::array{
    member<entry>{"moduleId", [](const json& v,
                                 entry& e) { return read_text(v, e.own.request.key.module_id); }},
    member<entry>{
        "managedBy",
        [](const json& v, entry& e) { return read_text(v, e.own.request.managed_by.emplace()); }},
});

fault read_modules(const json& value, entry& device) {
    const auto is_own = [](const json& module) {
        const auto id = module.find("moduleId"); // none in what is no object
        return id == module.end() || !id->is_string() || !id->get<std::string>().starts_with('$');
    };
    if (value.is_array() && std::ranges::count_if(value, is_own) > max_modules) {
        return "must hold at most 50 modules";
    }
    return read_elements(value, [&](std::size_t, const json& element) -> fault {
        entry e;
        if (fault f = read_members(element, module_members, e); !f.empty()) {
            return f;
        }
        device.modules.push_back(std::move(e.own));
        return device.modules.back().request.key.is_module() ? fault()
                                                             : fault("is missing", "moduleId");
    });
}

// What the registry would leave unused is a mistake in a file.
fault check_authentication(const core::authentication_request& wanted) {
    const bool keys = !wanted.primary_key.empty() || !wanted.secondary_key.empty();
    const bool thumbprints = wanted.primary_thumbprint || wanted.secondary_thumbprint;
    if (keys && wanted.type.value_or(authentication_type::sas) != authentication_type::sas) {
        return {"does not go with keys", "authentication"};
    }
    if (thumbprints && wanted.type.value_or(authentication_type::self_signed) !=
                           authentication_type::self_signed) {
        return {"does not go with thumbprints", "authentication"};
    }
    return {};
}

fault check_identity(const core::identity_request& wanted) {
    if (fault f = check_authentication(wanted.authentication); !f.empty()) {
        return f;
    }
    const auto valid = core::validate(wanted);
    return valid ? fault() : refused(valid.error());
}

bool says_only_the_id(const core::identity_request& module) {
    const core::authentication_request& auth = module.authentication;
    return !module.managed_by && !auth.type && auth.primary_key.empty() &&
           auth.secondary_key.empty() && !auth.primary_thumbprint && !auth.secondary_thumbprint;
}

// Of a module of the system there is nothing to say but its twin.
fault check_system_module(const entry& device, const core::identity_request& module) {
    const bool known = std::ranges::find(core::edge_system_modules, module.key.module_id) !=
                       core::edge_system_modules.end();
    if (!known || !device.own.request.iot_edge) {
        return {"is reserved for the modules of an IoT Edge device: $edgeAgent, $edgeHub",
                "moduleId"};
    }
    return says_only_the_id(module) ? fault() : fault("can have tags, desired and reported only");
}

class collector {
public:
    explicit collector(seed& target)
        : target_(target) {}

    fault add_device(std::size_t index, const json& document) {
        entry device;
        if (fault f = read_members(document, device_members, device); !f.empty()) {
            return f;
        }
        const std::string device_id = device.own.request.key.device_id;
        if (device_id.empty()) {
            return {"is missing", "deviceId"};
        }
        const std::string place = fmt::format("devices[{}]", index);
        if (fault f = check_identity(device.own.request); !f.empty()) {
            return f;
        }
        if (fault f = add(device.own, place); !f.empty()) {
            return f;
        }
        for (std::size_t i = 0; i < device.modules.size(); ++i) {
            const std::string part = fmt::format("modules[{}]", i);
            seeded_identity& module = device.modules[i];
            module.request.key.device_id = device_id;
            fault f = core::is_system_module(module.request.key)
                          ? check_system_module(device, module.request)
                          : check_identity(module.request);
            f = f.empty() ? add(std::move(module), place + "." + part) : std::move(f);
            if (!f.empty()) {
                return within(part, std::move(f));
            }
        }
        return {};
    }

private:
    fault add(seeded_identity one, std::string place) {
        if (!keys_.insert(one.request.key).second) {
            return {"is the id of an earlier one",
                    one.request.key.is_module() ? "moduleId" : "deviceId"};
        }
        one.place = std::move(place);
        target_.identities.push_back(std::move(one));
        return {};
    }

    seed& target_;
    std::set<identity_key> keys_;
};

} // namespace

fault read_devices(const json& value, seed& target) {
    collector all(target);
    return read_elements(value, [&](std::size_t index, const json& element) {
        return all.add_device(index, element);
    });
}

} // namespace iothub::app
