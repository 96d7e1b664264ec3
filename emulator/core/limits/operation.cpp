#include "emulator/core/limits/operation.hpp"

#include <array>

namespace iothub::core {

namespace {

struct description {
    meter on;
    std::string_view name;
};

// In the order of the operations.
constexpr std::array<description, operation_count> descriptions{{
    {meter::registry, "None"},
    {meter::registry, "RegistryRead"},
    {meter::registry, "RegistryWrite"},
    {meter::twin_reads, "TwinRead"},
    {meter::twin_updates, "TwinUpdate"},
    {meter::queries, "Query"},
    {meter::methods, "DirectMethod"},
    {meter::c2d_sends, "C2DSend"},
    {meter::c2d_receives, "C2DReceive"},
    {meter::jobs, "Job"},
    {meter::configurations, "ConfigurationRead"},
    {meter::configurations, "ConfigurationWrite"},
    {meter::d2c_sends, "D2CSend"},
    {meter::connections, "Connection"},
    {meter::file_uploads, "FileUpload"},
}};

} // namespace

meter meter_of(operation what) {
    return descriptions[static_cast<std::size_t>(what)].on;
}

std::string_view operation_name(operation what) {
    return descriptions[static_cast<std::size_t>(what)].name;
}

} // namespace iothub::core
