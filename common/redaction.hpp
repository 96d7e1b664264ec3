#pragma once
// Keeps secrets and control characters out of logs. Every log sink passes its lines through here,
// so that one forgotten place cannot leak a key.

#include <string>
#include <string_view>

namespace iothub {

// Replaces the values of sig, SharedAccessKey, SharedAccessSignature, primaryKey, secondaryKey and
// Authorization (assigned by = or :, quoted or not) and PEM private keys by "[redacted]", and
// control characters by \xNN.
std::string redacted(std::string_view line);

} // namespace iothub
