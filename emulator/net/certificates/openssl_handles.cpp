#include "emulator/net/certificates/openssl_handles.hpp"

#include <openssl/err.h>

#include <ctime>

namespace iothub::net {

std::string take_openssl_error() {
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (const char* reason = ERR_reason_error_string(code))
        return reason;
    return code == 0 ? "unknown error" : "error " + std::to_string(code);
}

std::optional<timestamp> time_of(const ASN1_TIME& time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(&time, &parts) != 1)
        return std::nullopt;
    return from_unix_seconds(timegm(&parts));
}

} // namespace iothub::net
