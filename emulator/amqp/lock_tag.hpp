#pragma once
// Tags of deliveries that are locked for their receiver (device protocol §2.6; service API §7.3):
// the lock token, a GUID, as the 16 bytes that .NET makes a Guid of. Used by the nodes that deliver
// cloud-to-device messages, feedback and file notifications.

#include <optional>
#include <string>
#include <string_view>

namespace iothub::amqp {

// "00112233-4455-6677-8899-aabbccddeeff" as 33 22 11 00 55 44 77 66 88 99 aa … ff. Nothing where
// it is no GUID of that form.
std::optional<std::string> lock_tag(std::string_view token);

// The token, in small letters; nothing where the tag has not 16 bytes.
std::optional<std::string> lock_token(std::string_view tag);

} // namespace iothub::amqp
