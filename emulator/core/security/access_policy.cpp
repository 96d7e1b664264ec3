#include "emulator/core/security/access_policy.hpp"

namespace iothub::core {

std::vector<access_policy> published_policies() {
    using enum permission;
    return {
        {"iothubowner", "NbSsS+SOW0g/Pu1Gab/YivBm/s12ee/3CJmZUZ7GNZc=",
         "hjB4ajbIO4kDUUbPdwSuYfVkRZ9LfZi5MePw6x5wzI4=",
         registry_read | registry_write | service_connect | device_connect},
        {"service", "oXgylO5MK7qWHWiTxl1ip//CAKGZvSPLsDxV5SJ7ahA=",
         "cz41HVCJiCn5lt3BOhlUDnsEAxm6zS7xfohoTR4kYZo=", static_cast<unsigned>(service_connect)},
        {"device", "/KnwhqJ7V0LPrbHlVBTXdVzmmbgoAjY1WyR+8H+CoIY=",
         "zaBaq9qupVe+KBkm8sULXdNzv5WJRo7Zk7HfYzl5Gdc=", static_cast<unsigned>(device_connect)},
        {"registryRead", "aOCXTBxbWiNk420ZP7ZzhDJa2vSw8GNSNj4WPyVtW44=",
         "LGfSuu0f8qy/8MMFCCk+64jeXWj/NoaNBQI/xnlJ/qg=", static_cast<unsigned>(registry_read)},
        {"registryReadWrite", "AJ9d/YmxGn19z2NWwi0mo02drLYm1LV2HcRuoCDD9M8=",
         "84PgJqABvAj+t/VRSmYx3lEskEdlnPFuBioPDeohf7o=", registry_read | registry_write},
    };
}

} // namespace iothub::core
