#include "emulator/app/version.hpp"

#include <boost/version.hpp>
#include <fmt/format.h>
#include <openssl/crypto.h>

namespace iothub::app {

std::string version_text() {
    return fmt::format("iothub-emulator {} ({}, Boost {}.{}.{})", IOTHUB_EMULATOR_VERSION,
                       OpenSSL_version(OPENSSL_VERSION), BOOST_VERSION / 100000,
                       BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
}

} // namespace iothub::app
