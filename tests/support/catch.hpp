#pragma once
// The test framework, in one place: Catch2 version 2 is what Debian 12 has.

#include <catch2/catch.hpp>
