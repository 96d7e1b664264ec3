#pragma once
// The program's log: one line an event on standard error, as text for a person or as one JSON
// object for a machine. Every line is redacted (common/redaction.hpp).

#include <memory>

#include "common/log.hpp"
#include "emulator/app/options.hpp"

namespace iothub::app {

std::unique_ptr<iothub::log> make_stderr_log(log_level level, log_format format);

} // namespace iothub::app
