#include "emulator/amqp/values/section_reader.hpp"

#include <algorithm>
#include <string>

#include "emulator/amqp/values/malformed.hpp"

namespace iothub::amqp {

namespace {

constexpr std::string_view lists = "\x45\xc0\xd0";
constexpr std::string_view maps = "\xc1\xd1";
constexpr std::string_view binaries = "\xa0\xb0";
constexpr std::string_view anything;

struct section_rule {
    section kind;
    std::string_view name;
    std::string_view constructors; // that its value may have
};

constexpr section_rule rules[] = {
    {section::header, "amqp:header:list", lists},
    {section::delivery_annotations, "amqp:delivery-annotations:map", maps},
    {section::message_annotations, "amqp:message-annotations:map", maps},
    {section::properties, "amqp:properties:list", lists},
    {section::application_properties, "amqp:application-properties:map", maps},
    {section::data, "amqp:data:binary", binaries},
    {section::sequence, "amqp:amqp-sequence:list", lists},
    {section::value, "amqp:amqp-value:*", anything},
    {section::footer, "amqp:footer:map", maps},
};

// Of an encoded ulong or symbol.
bool names(const section_rule& rule, std::string_view descriptor) {
    const auto code = static_cast<std::uint8_t>(descriptor.front());
    const auto number = static_cast<char>(rule.kind);
    switch (code) {
    case 0x53:
        return descriptor.back() == number;
    case 0x80:
        return descriptor.substr(1) == std::string(7, '\0') + number;
    case 0xa3:
        return descriptor.substr(2) == rule.name;
    case 0xb3:
        return descriptor.substr(5) == rule.name;
    default:
        return false;
    }
}

const section_rule* rule_of(std::string_view descriptor) {
    const auto* found = std::find_if(std::begin(rules), std::end(rules),
                                     [&](const auto& rule) { return names(rule, descriptor); });
    return found == std::end(rules) ? nullptr : found;
}

bool is_body(section kind) {
    return kind >= section::data && kind <= section::value;
}

bool may_follow(section last, section next) {
    if (next == last) {
        return next == section::data || next == section::sequence;
    }
    return next > last && !(is_body(last) && is_body(next));
}

bool allows(const section_rule& rule, std::string_view bytes) {
    return rule.constructors == anything ||
           rule.constructors.find(bytes.front()) != std::string_view::npos;
}

} // namespace

result<raw_section> section_reader::next() {
    if (!scan_.take(0x00)) {
        return malformed("something else than a section");
    }
    const auto descriptor = scan_.next();
    if (!descriptor) {
        return malformed(scan_.fault());
    }
    const section_rule* rule = rule_of(*descriptor);
    if (!rule) {
        return malformed("an unknown section");
    }
    if (last_ && !may_follow(*last_, rule->kind)) {
        return malformed(std::string(rule->name) + " in a wrong place");
    }
    const auto bytes = scan_.next();
    if (!bytes) {
        return malformed(std::string(rule->name) + " " + scan_.fault());
    }
    if (!allows(*rule, *bytes)) {
        return malformed(std::string(rule->name) + " of a wrong type");
    }
    last_ = rule->kind;
    return raw_section{rule->kind, *bytes};
}

} // namespace iothub::amqp
