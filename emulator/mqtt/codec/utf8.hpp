#pragma once
// What MQTT 3.1.1 calls a UTF-8 encoded string (§1.5.3), and the rule for topic names (§4.7).

#include <string_view>

namespace iothub::mqtt {

// Well-formed UTF-8 without U+0000; surrogates, overlong forms and what lies beyond U+10FFFF are
// not well formed.
bool is_mqtt_text(std::string_view bytes);

// A topic that can be published to: not empty, no wildcard.
bool is_topic_name(std::string_view text);

} // namespace iothub::mqtt
