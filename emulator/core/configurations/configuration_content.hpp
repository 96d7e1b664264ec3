#pragma once
// What a configuration writes where (ConfigurationContent, service API §1.5), read and checked.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/configurations/property_path.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

enum class content_kind {
    device,     // deviceContent: twins of devices
    module,     // moduleContent: twins of modules
    deployment, // modulesContent: the modules of IoT Edge devices, each by its name
};

struct desired_setting {
    property_path path;
    json value; // null: the property is removed
};

using desired_settings = std::vector<desired_setting>;

struct configuration_content {
    content_kind kind = content_kind::device;
    // By the module of a deployment; of the other kinds all stands under "".
    std::map<std::string, desired_settings> settings;
    json document; // {"deviceContent":{…}}, as it was given

    // A deployment that sets all that $edgeAgent is to know; any other is a layer over such a one.
    bool is_base() const;
};

// invalid_configuration_content with the rule that is broken: of the three kinds exactly one, keys
// that are `properties.desired` or begin with `properties.desired.`, what twins may hold, and at
// most 50 modules, with $edgeAgent among them.
result<configuration_content> read_configuration_content(const json& content);

} // namespace iothub::core
