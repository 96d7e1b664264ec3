#include "common/result.hpp"

#include <stdexcept>

namespace iothub {

const std::string& log_text(const error& e) {
    return e.detail.empty() ? e.message : e.detail;
}

void throw_exception_from_error(const error& e, const boost::source_location& where) {
    throw std::logic_error("a result was read that holds an error: " + e.message + " (" +
                           where.file_name() + ":" + std::to_string(where.line()) + ")");
}

} // namespace iothub
