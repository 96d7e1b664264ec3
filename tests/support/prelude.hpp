#pragma once
// What most tests include, compiled once for a program (see iothub_test in
// cmake/iothub_target.cmake).

#include <string>
#include <vector>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "support/catch.hpp"
