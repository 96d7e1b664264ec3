#pragma once
// For sockets that Asio opens: a program that a process with a hub in it starts must not hold the
// hub's ports and connections. Between a socket's opening and this call another thread may fork.

#include <fcntl.h>

namespace iothub::net {

inline void close_on_exec(int descriptor) {
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

} // namespace iothub::net
