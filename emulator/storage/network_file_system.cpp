#include "emulator/storage/network_file_system.hpp"

namespace iothub::storage {

// Numbers of linux/magic.h and of the kernel's fs/smb; 32 bits, whatever the sign.
std::optional<std::string_view> network_file_system(std::int64_t type) {
    switch (static_cast<std::uint32_t>(type)) {
    case 0x6969:
        return "NFS";
    case 0x517b:
    case 0xff534d42:
    case 0xfe534d42:
        return "SMB";
    case 0x01021997:
        return "9p";
    default:
        return std::nullopt;
    }
}

} // namespace iothub::storage
