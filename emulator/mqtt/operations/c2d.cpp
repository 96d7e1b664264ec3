#include "emulator/mqtt/operations/c2d.hpp"

#include <algorithm>
#include <iterator>

#include "common/hub_topics.hpp"
#include "emulator/mqtt/system_names.hpp"

namespace iothub::mqtt {

namespace {

property_bag system_properties_of(const core::c2d_message& message) {
    property_bag all;
    if (message.ack != core::feedback_wanted::none) {
        all.push_back({"iothub-ack", std::string(core::ack_text(message.ack))});
    }
    all.insert(all.end(), message.system_properties.begin(), message.system_properties.end());
    return all;
}

bool is_known(const property& p) {
    return std::ranges::find(system_names, p.key, &system_name::of_hub) != system_names.end();
}

// System properties first, each once, those that topics have no name for under their own.
property_bag topic_properties(const core::c2d_message& message) {
    const property_bag system = system_properties_of(message);
    property_bag bag;
    for (const system_name& name : system_names) {
        if (const property* p = find_property(system, name.of_hub)) {
            bag.push_back({std::string(name.on_wire), p->value});
        }
    }
    std::ranges::remove_copy_if(system, std::back_inserter(bag), is_known);
    std::ranges::copy(message.application_properties, std::back_inserter(bag));
    return bag;
}

} // namespace

std::string topic_of(const identity_key& target, const core::c2d_message& message) {
    const property_bag bag = topic_properties(message);
    return message.input.empty() ? topics::c2d_topic(target, bag)
                                 : topics::input_topic(target, message.input, bag);
}

} // namespace iothub::mqtt
