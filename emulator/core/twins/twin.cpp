#include "emulator/core/twins/twin.hpp"

#include "common/base64.hpp"

namespace iothub::core {

twin make_twin(identity_key key, timestamp created) {
    twin made;
    made.key = std::move(key);
    made.desired.metadata = json{{"$lastUpdated", iso_8601(created)}};
    made.reported.metadata = made.desired.metadata;
    return made;
}

std::string etag_text(const twin& t) {
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((t.etag >> shift) & 0xff);
    }
    return base64_encode(bytes);
}

} // namespace iothub::core
