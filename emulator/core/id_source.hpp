#pragma once
// The seam for chance: keys, request ids and etag seeds. A test makes them predictable.

#include <cstddef>
#include <cstdint>
#include <string>

namespace iothub::core {

class id_source {
public:
    virtual ~id_source() = default;

    // Fit for keys.
    virtual std::string random_bytes(std::size_t count) = 0;
};

// A random (version 4) UUID: "e40e9db2-199f-482b-887a-f45fbeaa7b8c".
std::string make_guid(id_source& ids);

// 0 … 2^31-1.
std::uint32_t make_counter_seed(id_source& ids);

} // namespace iothub::core
