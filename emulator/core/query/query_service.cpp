#include "emulator/core/query/query_service.hpp"

namespace iothub::core::query {

class query_service::state {};

query_service::query_service(core::store&, identity_registry&, session_table&, const core::clock&)
    : state_(std::make_unique<state>()) {}
query_service::~query_service() = default;

void query_service::run(page_request, callback done) {
    done(error{errc::argument_invalid, "not yet"});
}

std::unique_ptr<scan> query_service::select(condition, const identity_key&) {
    return {};
}

void query_service::twin_changed(const twin&) {}

std::optional<timestamp> query_service::next_deadline() const {
    return std::nullopt;
}

void query_service::advance(timestamp) {}

} // namespace iothub::core::query
