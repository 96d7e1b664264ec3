#include "common/property_bag.hpp"

#include "common/percent_encoding.hpp"

#include <algorithm>

namespace iothub {

namespace {

property parse_property(std::string_view piece) {
    const std::size_t equals = piece.find('=');
    property p{percent_decode_leniently(piece.substr(0, equals)), std::nullopt};
    if (equals != std::string_view::npos) {
        p.value = percent_decode_leniently(piece.substr(equals + 1));
    }
    return p;
}

} // namespace

property_bag parse_property_bag(std::string_view text) {
    property_bag bag;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view piece = text.substr(0, end);
        if (!piece.empty()) {
            bag.push_back(parse_property(piece));
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return bag;
}

std::string format_property_bag(const property_bag& bag) {
    std::string text;
    for (const property& p : bag) {
        if (!text.empty()) {
            text += '&';
        }
        text += percent_encode(p.key);
        if (p.value) {
            text += '=' + percent_encode(*p.value);
        }
    }
    return text;
}

std::size_t bytes_in(const property_bag& bag) {
    std::size_t bytes = 0;
    for (const property& p : bag) {
        bytes += p.key.size() + (p.value ? p.value->size() : 0);
    }
    return bytes;
}

const property* find_property(const property_bag& bag, std::string_view key) {
    const auto found = std::ranges::find(bag, key, &property::key);
    return found == bag.end() ? nullptr : &*found;
}

} // namespace iothub
