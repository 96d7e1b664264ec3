#pragma once
// What --version and /health say.

#include <string>

namespace iothub::app {

// "iothub-emulator 0.1.0 (OpenSSL 3.0.x, SQLite …, Boost …)": the versions in use.
std::string version_text();

} // namespace iothub::app
