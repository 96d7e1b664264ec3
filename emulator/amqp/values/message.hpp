#pragma once
// A message in AMQP's own sections (OASIS AMQP 1.0, part 3 §3.2), decoded from and encoded for the
// wire. Knows nothing of the library that does it (message_codec).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

struct message_properties {
    value message_id; // ulong, uuid, binary or string; null: none
    std::optional<std::string> user_id;
    std::optional<std::string> to;
    std::optional<std::string> subject;
    std::optional<std::string> reply_to;
    value correlation_id;
    std::optional<std::string> content_type;
    std::optional<std::string> content_encoding;
    std::optional<milliseconds> absolute_expiry_time;
    std::optional<milliseconds> creation_time;

    bool operator==(const message_properties&) const = default;
};

struct message {
    map annotations; // message-annotations: keys are symbols
    std::optional<message_properties> properties;
    map application_properties;
    std::vector<std::string> data; // the data sections
    std::optional<value> body;     // the amqp-value section, where there is no data

    bool operator==(const message&) const = default;
};

// Message format of an envelope whose data sections are encoded messages (device protocol §2.5).
inline constexpr std::uint32_t batch_format = 0x80013700;

// Nesting of lists, maps and described values that a message may have.
inline constexpr std::size_t max_nesting = 32;

// header, delivery annotations and footer are skipped; an amqp-sequence body is taken for a value
// that is a list. argument_invalid where the bytes are no message, or none at all: the detail says
// what is wrong. No more values are made than there are bytes.
result<message> decode_message(std::string_view bytes);

// Keys of annotations are written as symbols, those of application properties as strings; the body
// only where there is no data. No bytes where there are no sections.
std::string encode_message(const message& what);

// The delivery-annotations section, which stands before an encoded message.
std::string encode_delivery_annotations(const map& what);

} // namespace iothub::amqp
