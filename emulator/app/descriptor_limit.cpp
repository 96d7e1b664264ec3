#include "emulator/app/descriptor_limit.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace iothub::app {

std::uint64_t raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

void open_standard_descriptors() {
    int opened = 0;
    while (opened >= 0 && opened <= STDERR_FILENO) {
        opened = ::open("/dev/null", O_RDWR);
    }
    if (opened >= 0) {
        ::close(opened);
    }
}

} // namespace iothub::app
