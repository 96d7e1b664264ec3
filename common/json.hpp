#pragma once
// The complete JSON type; see common/json_fwd.hpp.

#include <nlohmann/json.hpp>

#include "common/json_fwd.hpp"
