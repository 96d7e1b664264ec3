#pragma once
// Why a hub could not start: one line that names the file or the port, and the remedy. Nothing was
// changed by the attempt. The program ends with exit code 1.

#include <stdexcept>

namespace iothub::app {

class start_up_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace iothub::app
