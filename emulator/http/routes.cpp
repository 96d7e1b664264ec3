#include "emulator/http/routes.hpp"

#include <array>

#include "emulator/http/api/identities.hpp"
#include "emulator/http/api/methods.hpp"
#include "emulator/http/api/twins.hpp"
#include "emulator/http/call.hpp"

namespace iothub::http {

namespace {

// A handler of an operation that knows its answer at once.
template <result<http_codec::response> (*Operation)(call&)>
void now(std::shared_ptr<call> c) {
    c->reply(Operation(*c));
}

using enum core::permission;

constexpr std::array table{
    route{"GET", "/devices", registry_read, now<api::list_devices>},
    route{"GET", "/devices/{device}", registry_read, now<api::get_identity>},
    route{"PUT", "/devices/{device}", registry_write, now<api::put_identity>},
    route{"DELETE", "/devices/{device}", registry_write, now<api::delete_identity>},

    route{"GET", "/devices/{device}/modules", registry_read, now<api::list_modules>},
    route{"GET", "/devices/{device}/modules/{module}", registry_read, now<api::get_identity>},
    route{"PUT", "/devices/{device}/modules/{module}", registry_write, now<api::put_identity>},
    route{"DELETE", "/devices/{device}/modules/{module}", registry_write,
          now<api::delete_identity>},

    route{"GET", "/twins/{device}", service_connect, now<api::get_twin>},
    route{"PATCH", "/twins/{device}", service_connect, now<api::patch_twin>},
    route{"PUT", "/twins/{device}", service_connect, now<api::replace_twin>},
    route{"GET", "/twins/{device}/modules/{module}", service_connect, now<api::get_twin>},
    route{"PATCH", "/twins/{device}/modules/{module}", service_connect, now<api::patch_twin>},
    route{"PUT", "/twins/{device}/modules/{module}", service_connect, now<api::replace_twin>},

    route{"POST", "/twins/{device}/methods", service_connect, api::invoke_method},
    route{"POST", "/twins/{device}/modules/{module}/methods", service_connect, api::invoke_method},
};

} // namespace

std::span<const route> routes() {
    return table;
}

} // namespace iothub::http
