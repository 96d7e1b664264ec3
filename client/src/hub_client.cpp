#include "iothub/hub_client.hpp"

#include <utility>

#include "client/src/engine/engine.hpp"
#include "client/src/error_details.hpp"

namespace iothub {

hub_client::hub_client(std::unique_ptr<client::engine> engine)
    : engine_(std::move(engine)) {}

hub_client::hub_client(hub_client&&) noexcept = default;
hub_client& hub_client::operator=(hub_client&&) noexcept = default;
hub_client::~hub_client() = default;

void hub_client::set_connection_status_changes_handler(connection_status_handler handler) {
    engine_->on_status(std::move(handler));
}

void hub_client::open() {
    open_async().get();
}
std::future<void> hub_client::open_async() {
    return engine_->open();
}

void hub_client::set_desired_property_update_callback(desired_property_callback callback) {
    set_desired_property_update_callback_async(std::move(callback)).get();
}
std::future<void>
hub_client::set_desired_property_update_callback_async(desired_property_callback callback) {
    return engine_->on_desired(std::move(callback));
}

void hub_client::on_method(method_handler handler) {
    on_method_async(std::move(handler)).get();
}
std::future<void> hub_client::on_method_async(method_handler handler) {
    return engine_->on_method("", std::move(handler));
}

void hub_client::on_method(const std::string& name, method_handler handler) {
    on_method_async(name, std::move(handler)).get();
}
std::future<void> hub_client::on_method_async(const std::string& name, method_handler handler) {
    if (name.empty()) {
        client::throw_argument_invalid("The name of the method is empty");
    }
    return engine_->on_method(name, std::move(handler));
}

twin hub_client::get_twin() {
    return get_twin_async().get();
}
std::future<twin> hub_client::get_twin_async() {
    return engine_->get_twin();
}

void hub_client::update_reported_properties(const json& patch) {
    update_reported_properties_async(patch).get();
}
std::future<void> hub_client::update_reported_properties_async(const json& patch) {
    return engine_->update_reported(patch);
}

void hub_client::send_event(const message& event) {
    send_event_async(event).get();
}
std::future<void> hub_client::send_event_async(const message& event) {
    return engine_->send(event);
}

void hub_client::close() {
    close_async().get();
}
std::future<void> hub_client::close_async() {
    return engine_->close();
}

} // namespace iothub
