#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

result<response> about(call& c) {
    return json_text_page(200, c.around().about());
}

} // namespace iothub::management::api
