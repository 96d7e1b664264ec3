#pragma once
// The `key=value&key=value` text that MQTT topics and SAS-like strings carry (device protocol
// §1.4.1). Order is kept, a key may stand twice, and `key` differs from `key=`.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iothub {

struct property {
    std::string key;
    std::optional<std::string> value; // nothing: the text was `key` without `=`

    bool operator==(const property&) const = default;
};

using property_bag = std::vector<property>;

// Splits on `&` and each first `=`, and percent-decodes both sides leniently (the C SDK does not
// encode). Empty pieces are skipped; so an empty text gives an empty bag.
property_bag parse_property_bag(std::string_view text);

// Percent-encodes both sides; a property without a value is written as `key`.
std::string format_property_bag(const property_bag& bag);

// Of all keys and values, as limits on messages count them.
std::size_t bytes_in(const property_bag& bag);

// The first property of that key.
const property* find_property(const property_bag& bag, std::string_view key);

} // namespace iothub
