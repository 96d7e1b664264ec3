#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/config_schema_text.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

result<response> config_schema(call&) {
    return page(200, "application/schema+json", std::string(config_schema_text()));
}

} // namespace iothub::management::api
