#include "emulator/core/hub.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

result<response> reset(call& c) {
    const std::string* to = c.find("to");
    if (to == nullptr || (*to != "empty" && *to != "seed")) {
        return error{errc::argument_invalid, "to: must be \"empty\" or \"seed\"."};
    }
    c.around().reset(*to == "seed");
    c.hub().journal().write(log_level::info, "management", "the hub was reset to " + *to);
    return http_codec::no_content();
}

} // namespace iothub::management::api
