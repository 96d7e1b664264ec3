#pragma once
// How IoT Plug and Play writes into a twin what a digital twin shows (service API §1.5, "Digital
// twins"): components bear a mark, and a writable property is reported with an acknowledgement.

#include <string_view>

#include "common/json_fwd.hpp"

namespace iothub::core::digital_twins {

inline constexpr const char* component_mark = "__t";

// {"__t":"c",…}
bool is_component(const json& member);

// `properties` (an object), without "$metadata", with the mark of a component in front.
json marked_as_component(const json& properties);

// What a device reports of a writable property: {"value":21,"ac":200,"av":3,"ad":"done"}, `ad` and
// one of the other two being optional.
bool is_acknowledgement(const json& reported);

// A name in DTDL: 1 to 64 of A-Z a-z 0-9 _, no digit first, no _ first or last.
bool is_name(std::string_view text);

} // namespace iothub::core::digital_twins
