#include "emulator/http/body_limit.hpp"

#include "common/letter_case.hpp"

namespace iothub::http {

std::size_t body_limit_of(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    const bool bulk =
        equal_ignoring_case(path, "/devices") || equal_ignoring_case(path, "/devices/") ||
        equal_ignoring_case(path, "/jobs") || starts_with_ignoring_case(path, "/jobs/");
    return bulk ? bulk_body_limit : usual_body_limit;
}

} // namespace iothub::http
