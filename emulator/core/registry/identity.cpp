#include "emulator/core/registry/identity.hpp"

#include "common/base64.hpp"

namespace iothub::core {

std::string etag_text(const identity& id) {
    return base64_encode(std::to_string(id.etag));
}

} // namespace iothub::core
