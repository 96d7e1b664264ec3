#include "emulator/net/certificates/openssl_handles.hpp"

#include <openssl/err.h>

namespace iothub::net {

std::string take_openssl_error() {
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (const char* reason = ERR_reason_error_string(code))
        return reason;
    return code == 0 ? "unknown error" : "error " + std::to_string(code);
}

} // namespace iothub::net
