#pragma once
// The test framework, in one place: Catch2 version 2 is what Debian 12 has. A failed assertion
// shows a result<T> by its error.

#include <catch2/catch.hpp>

#include "common/result.hpp"

namespace Catch {

template <class T>
struct StringMaker<boost::system::result<T, iothub::error>> {
    static std::string convert(const boost::system::result<T, iothub::error>& outcome) {
        return outcome ? "a value"
                       : "error " + std::to_string(iothub::number(outcome.error().code)) + ": " +
                             outcome.error().message + " (" + outcome.error().detail + ")";
    }
};

} // namespace Catch
