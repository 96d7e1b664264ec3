#pragma once
// A twin as a digital twin (service API §1.5; row P01). Used by http/api/digital_twins.

#include "common/json_fwd.hpp"

namespace iothub::core {
struct twin;
}

namespace iothub::core::digital_twins {

// {"$dtId":"d","$metadata":{"$model":"dtmi:…","prop":{…}},"prop":value,"component":{"$metadata":…}}
//
// The value of a property is what the device reported, without its acknowledgement; one that is
// only desired has no value. Its metadata are desiredValue and desiredVersion (of the write that
// set it), ackVersion, ackCode and ackDescription, and lastUpdateTime (of the report), each where
// there is such a thing.
json digital_twin_document(const twin& t);

} // namespace iothub::core::digital_twins
