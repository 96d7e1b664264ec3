#pragma once
// For tests that hold thousands of sockets, on their own side and on that of a hub they start.

#include <sys/resource.h>

namespace iothub::test {

// False where this user may not open so many descriptors.
inline bool can_open(rlim_t descriptors) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < descriptors) {
        return false;
    }
    limit.rlim_cur = limit.rlim_max;
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

} // namespace iothub::test
