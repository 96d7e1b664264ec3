#pragma once
// Connection strings of services, devices and modules (device protocol §4, service API §5.3):
// `HostName=h;DeviceId=d;ModuleId=m;SharedAccessKey=…;GatewayHostName=g`.

#include <map>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace iothub {

// Its parts by their keys, which are in lower case. argument_invalid where a part has no `=` or a
// key stands twice; the message never repeats a value.
result<std::map<std::string, std::string>> split_connection_string(std::string_view text);

struct connection_string {
    std::string host_name; // may carry ":port"
    std::string device_id;
    std::string module_id;
    std::string shared_access_key_name; // the policy, where a policy signs
    std::string shared_access_key;
    std::string shared_access_signature; // a ready token instead of a key
    std::string gateway_host_name;
    bool x509 = false;

    // Splits on `;` and each first `=`; keys are matched without regard to case, unknown keys are
    // ignored. argument_invalid where a part has no `=`, a key stands twice or HostName is missing;
    // the message never repeats a value.
    static result<connection_string> parse(std::string_view text);

    // Members that are empty are left out.
    std::string text() const;
};

} // namespace iothub
