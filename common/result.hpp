#pragma once
// result<T>: a value or an error. Used by every layer for what can be expected to go wrong;
// exceptions are for start-up, broken invariants and the client's public API.

#include <boost/system/result.hpp>

#include <string>
#include <utility>

#include "common/errc.hpp"

namespace iothub {

// `message` is told to the peer. `detail` goes to the log only: it names the reason that a peer
// must not learn (which key was tried, which device exists) and never holds a key or a signature.
struct error {
    error() = default;
    error(errc code_, std::string message_, std::string detail_ = {})
        : code(code_)
        , message(std::move(message_))
        , detail(std::move(detail_)) {}

    errc code = errc::server_error;
    std::string message;
    std::string detail;
};

// What the log should say of an error: the detail where there is one, else the message.
const std::string& log_text(const error& e);

template <class T = void>
using result = boost::system::result<T, error>;

[[noreturn]] void throw_exception_from_error(const error& e, const boost::source_location& where);

} // namespace iothub
