#include "emulator/http/routes.hpp"

#include <array>

#include "emulator/http/api/bulk.hpp"
#include "emulator/http/api/configurations.hpp"
#include "emulator/http/api/device_messages.hpp"
#include "emulator/http/api/digital_twins.hpp"
#include "emulator/http/api/feedback.hpp"
#include "emulator/http/api/file_uploads.hpp"
#include "emulator/http/api/identities.hpp"
#include "emulator/http/api/key_regeneration.hpp"
#include "emulator/http/api/message_queues.hpp"
#include "emulator/http/api/methods.hpp"
#include "emulator/http/api/queries.hpp"
#include "emulator/http/api/scheduled_jobs.hpp"
#include "emulator/http/api/statistics.hpp"
#include "emulator/http/api/transfer_jobs.hpp"
#include "emulator/http/api/twins.hpp"
#include "emulator/http/call.hpp"

namespace iothub::http {

namespace {

// A handler of an operation that knows its answer at once.
template <result<http_codec::response> (*Operation)(call&)>
void now(std::shared_ptr<call> c) {
    c->reply(Operation(*c));
}

using op = core::operation;

constexpr audience registry_readers = back_end(core::permission::registry_read);
constexpr audience registry_writers = back_end(core::permission::registry_write);
constexpr audience services = back_end(core::permission::service_connect);
constexpr audience callers = back_end_or_edge_module(core::permission::service_connect);
constexpr audience itself = the_identity_itself();

constexpr std::array table{
    route{"GET", "/devices", registry_readers, now<api::list_devices>, op::registry_read},
    route{"POST", "/devices", registry_writers, now<api::change_registry>},
    route{"POST", "/devices/keys/regenerate", registry_writers, now<api::regenerate_keys>},
    route{"POST", "/devices/query", services, api::run_query, op::query},
    route{"GET", "/devices/{device}", registry_readers, now<api::get_identity>, op::registry_read},
    route{"PUT", "/devices/{device}", registry_writers, now<api::put_identity>, op::registry_write},
    route{"DELETE", "/devices/{device}", registry_writers, now<api::delete_identity>,
          op::registry_write},

    route{"DELETE", "/devices/{device}/commands", services, now<api::purge_queue>},

    route{"GET", "/devices/{device}/modules", registry_readers, now<api::list_modules>,
          op::registry_read},
    route{"GET", "/devices/{device}/modules/{module}", registry_readers, now<api::get_identity>,
          op::registry_read},
    route{"PUT", "/devices/{device}/modules/{module}", registry_writers, now<api::put_identity>,
          op::registry_write},
    route{"DELETE", "/devices/{device}/modules/{module}", registry_writers,
          now<api::delete_identity>, op::registry_write},

    route{"GET", "/configurations", services, api::list_configurations, op::configuration_read},
    route{"POST", "/configurations/testQueries", services, now<api::test_queries>,
          op::configuration_read},
    route{"GET", "/configurations/{configuration}", services, api::get_configuration,
          op::configuration_read},
    route{"PUT", "/configurations/{configuration}", services, now<api::put_configuration>,
          op::configuration_write},
    route{"DELETE", "/configurations/{configuration}", services, now<api::delete_configuration>,
          op::configuration_write},
    route{"POST", "/devices/{device}/applyConfigurationContent", services,
          now<api::apply_configuration_content>, op::configuration_write},

    route{"GET", "/statistics/devices", registry_readers, now<api::registry_statistics>,
          op::registry_read},
    route{"GET", "/statistics/service", services, now<api::service_statistics>},

    route{"GET", "/twins/{device}", services, now<api::get_twin>, op::twin_read},
    route{"PATCH", "/twins/{device}", services, now<api::patch_twin>, op::twin_update},
    route{"PUT", "/twins/{device}", services, now<api::replace_twin>, op::twin_update},
    route{"GET", "/twins/{device}/modules/{module}", services, now<api::get_twin>, op::twin_read},
    route{"PATCH", "/twins/{device}/modules/{module}", services, now<api::patch_twin>,
          op::twin_update},
    route{"PUT", "/twins/{device}/modules/{module}", services, now<api::replace_twin>,
          op::twin_update},

    route{"POST", "/twins/{device}/methods", callers, api::invoke_method, op::method},
    route{"POST", "/twins/{device}/modules/{module}/methods", callers, api::invoke_method,
          op::method},

    route{"GET", "/digitaltwins/{device}", services, now<api::get_digital_twin>, op::twin_read},
    route{"PATCH", "/digitaltwins/{device}", services, now<api::patch_digital_twin>,
          op::twin_update},
    route{"POST", "/digitaltwins/{device}/commands/{command}", services, api::invoke_command,
          op::method},
    route{"POST", "/digitaltwins/{device}/components/{component}/commands/{command}", services,
          api::invoke_command, op::method},

    route{"GET", "/jobs/v2/query", services, now<api::list_jobs>, op::job},
    route{"PUT", "/jobs/v2/{job}", services, now<api::create_job>, op::job},
    route{"GET", "/jobs/v2/{job}", services, now<api::get_job>, op::job},
    route{"POST", "/jobs/v2/{job}/cancel", services, now<api::cancel_job>, op::job},

    route{"POST", "/jobs/create", registry_writers, api::create_transfer_job, op::job},
    route{"GET", "/jobs", registry_readers, now<api::list_transfer_jobs>, op::job},
    route{"GET", "/jobs/{job}", registry_readers, now<api::get_transfer_job>, op::job},
    route{"DELETE", "/jobs/{job}", registry_writers, now<api::cancel_transfer_job>, op::job},

    route{"GET", "/messages/serviceBound/feedback", services, now<api::receive_feedback>},
    route{"DELETE", "/messages/serviceBound/feedback/{lock}", services,
          now<api::complete_feedback>},
    route{"POST", "/messages/serviceBound/feedback/{lock}/abandon", services,
          now<api::abandon_feedback>},

    route{"POST", "/devices/{device}/messages/events", itself, now<api::send_events>},
    route{"POST", "/devices/{device}/modules/{module}/messages/events", itself,
          now<api::send_events>},
    route{"GET", "/devices/{device}/messages/devicebound", itself, now<api::receive_message>,
          op::c2d_receive},
    route{"DELETE", "/devices/{device}/messages/devicebound/{lock}", itself,
          now<api::complete_or_reject_message>},
    route{"POST", "/devices/{device}/messages/devicebound/{lock}/abandon", itself,
          now<api::abandon_message>},

    route{"POST", "/devices/{device}/files", itself, now<api::begin_upload>, op::file_upload},
    route{"POST", "/devices/{device}/files/notifications", itself, now<api::finish_upload>},
    route{"POST", "/devices/{device}/files/notifications/{correlation}", itself,
          now<api::finish_upload>},
    route{"POST", "/devices/{device}/modules/{module}/files", itself, now<api::begin_upload>,
          op::file_upload},
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
