#include "emulator/http/routes.hpp"

#include <array>

#include "emulator/http/api/device_messages.hpp"
#include "emulator/http/api/file_uploads.hpp"
#include "emulator/http/api/identities.hpp"
#include "emulator/http/api/message_queues.hpp"
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

constexpr audience registry_readers = back_end(core::permission::registry_read);
constexpr audience registry_writers = back_end(core::permission::registry_write);
constexpr audience services = back_end(core::permission::service_connect);
constexpr audience callers = back_end_or_edge_module(core::permission::service_connect);
constexpr audience itself = the_identity_itself();

constexpr std::array table{
    route{"GET", "/devices", registry_readers, now<api::list_devices>},
    route{"GET", "/devices/{device}", registry_readers, now<api::get_identity>},
    route{"PUT", "/devices/{device}", registry_writers, now<api::put_identity>},
    route{"DELETE", "/devices/{device}", registry_writers, now<api::delete_identity>},

    route{"DELETE", "/devices/{device}/commands", services, now<api::purge_queue>},

    route{"GET", "/devices/{device}/modules", registry_readers, now<api::list_modules>},
    route{"GET", "/devices/{device}/modules/{module}", registry_readers, now<api::get_identity>},
    route{"PUT", "/devices/{device}/modules/{module}", registry_writers, now<api::put_identity>},
    route{"DELETE", "/devices/{device}/modules/{module}", registry_writers,
          now<api::delete_identity>},

    route{"GET", "/twins/{device}", services, now<api::get_twin>},
    route{"PATCH", "/twins/{device}", services, now<api::patch_twin>},
    route{"PUT", "/twins/{device}", services, now<api::replace_twin>},
    route{"GET", "/twins/{device}/modules/{module}", services, now<api::get_twin>},
    route{"PATCH", "/twins/{device}/modules/{module}", services, now<api::patch_twin>},
    route{"PUT", "/twins/{device}/modules/{module}", services, now<api::replace_twin>},

    route{"POST", "/twins/{device}/methods", callers, api::invoke_method},
    route{"POST", "/twins/{device}/modules/{module}/methods", callers, api::invoke_method},

    route{"POST", "/devices/{device}/messages/events", itself, now<api::send_events>},
    route{"POST", "/devices/{device}/modules/{module}/messages/events", itself,
          now<api::send_events>},
    route{"GET", "/devices/{device}/messages/devicebound", itself, now<api::receive_message>},
    route{"DELETE", "/devices/{device}/messages/devicebound/{lock}", itself,
          now<api::complete_or_reject_message>},
    route{"POST", "/devices/{device}/messages/devicebound/{lock}/abandon", itself,
          now<api::abandon_message>},

    route{"POST", "/devices/{device}/files", itself, now<api::begin_upload>},
    route{"POST", "/devices/{device}/files/notifications", itself, now<api::finish_upload>},
    route{"POST", "/devices/{device}/files/notifications/{correlation}", itself,
          now<api::finish_upload>},
    route{"POST", "/devices/{device}/modules/{module}/files", itself, now<api::begin_upload>},
    route{"POST", "/devices/{device}/modules/{module}/files/notifications", itself,
          now<api::finish_upload>},
    route{"POST", "/devices/{device}/modules/{module}/files/notifications/{correlation}", itself,
          now<api::finish_upload>},
};

} // namespace

std::span<const route> routes() {
    return table;
}

} // namespace iothub::http
