#pragma once
// From the details of an error to the exception of its kind; every part of the client that fails
// goes through here.

#include <exception>
#include <string>

#include "iothub/hub_error.hpp"

namespace iothub::client {

// A hub_error_of<details.kind>.
std::exception_ptr to_exception(const hub_error_details& details);

[[noreturn]] void throw_error(const hub_error_details& details);
[[noreturn]] void throw_error(hub_error_kind kind, std::string message);
[[noreturn]] void throw_argument_invalid(std::string message);

} // namespace iothub::client
