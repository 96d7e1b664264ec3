#pragma once
// Whom the "to" of a cloud-to-device message means (service API §7.2). Used by device_bound.

#include <string_view>
#include <vector>

#include "common/identity_key.hpp"

namespace iothub::amqp {

// Of "/devices/d[/modules/m]/messages/deviceBound", in any case of letters, ids percent-encoded or
// not: nobody where it is none; two where a "+" may stand for itself or, as .NET encodes it, for a
// space. The first that is registered is meant.
std::vector<identity_key> c2d_targets(std::string_view to);

} // namespace iothub::amqp
