#pragma once
// Exports the registry: each device, followed by its modules, is a line of one blob, and each
// configuration, where they are wanted, a line of another (service API §1.5; row J04).

#include <cstdint>
#include <string>

#include "emulator/core/registry/identity.hpp"
#include "emulator/core/registry/import_item.hpp"
#include "emulator/core/transfers/block_writer.hpp"
#include "emulator/core/transfers/configuration_transfer.hpp"
#include "emulator/core/transfers/transfer_request.hpp"
#include "emulator/core/transfers/transfer_run.hpp"

namespace iothub::core {

class store;

// Stands before the lines of a file without keys.
inline constexpr std::string_view keys_left_out_note =
    "The keys of the devices were left out of this export.";

class export_run final : public transfer_run {
public:
    // All of them outlive the run.
    export_run(core::store& store, blob_container& output, const transfer_request& asked,
               const configuration_transfer& configurations);

    void work() override;
    int progress() const override;

private:
    void add_devices();
    void add(const identity& id);
    void finish_devices();
    void add_configurations();

    core::store& store_;
    const transfer_request& asked_;
    const configuration_transfer& configurations_;
    block_writer devices_;
    block_writer configuration_lines_;
    exported_keys keys_;
    std::string last_device_;
    std::uint64_t exported_ = 0;
    std::uint64_t expected_;
    bool devices_finished_ = false;
};

} // namespace iothub::core
