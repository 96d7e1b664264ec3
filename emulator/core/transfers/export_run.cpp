#include "emulator/core/transfers/export_run.hpp"

#include <algorithm>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t devices_of_slice = 100;
constexpr std::uint64_t lines_of_slice = 100; // and the modules of the last device

} // namespace

export_run::export_run(core::store& store, blob_container& output, const transfer_request& asked,
                       const configuration_transfer& configurations)
    : store_(store)
    , asked_(asked)
    , configurations_(configurations)
    , devices_(output, asked.devices_blob)
    , configuration_lines_(output, asked.configurations_blob.value_or(""))
    , keys_(asked.exclude_keys ? exported_keys::left_out : exported_keys::included) {
    const identity_counts counts = store.count_identities();
    expected_ = counts.devices + counts.modules;
    if (asked.exclude_keys) {
        devices_.add(keys_left_out_note);
    }
}

void export_run::work() {
    if (devices_finished_) {
        add_configurations();
    } else if (devices_.full()) {
        devices_.write(answer());
    } else {
        add_devices();
    }
}

void export_run::add_devices() {
    const std::uint64_t before = exported_;
    const auto devices = store_.list_devices(last_device_, devices_of_slice);
    if (devices.empty()) {
        finish_devices();
        return;
    }
    for (const identity& device : devices) {
        add(device);
        for (const identity& module : store_.list_modules(device.key.device_id)) {
            add(module);
        }
        last_device_ = device.key.device_id;
        if (devices_.full() || exported_ - before >= lines_of_slice) {
            return;
        }
    }
}

void export_run::add(const identity& id) {
    if (const auto twin = store_.find_twin(id.key)) {
        devices_.add(to_text(export_line(id, *twin, keys_)));
        ++exported_;
    }
}

void export_run::finish_devices() {
    devices_.finish(answer([this] {
        devices_finished_ = true;
        if (!asked_.configurations_blob) {
            end();
        }
    }));
}

// There are a hundred at most.
void export_run::add_configurations() {
    for (const json& configuration : configurations_.list()) {
        configuration_lines_.add(to_text(configuration));
    }
    configuration_lines_.finish(answer([this] { end(); }));
}

int export_run::progress() const {
    return expected_ == 0
               ? 0
               : static_cast<int>(std::min<std::uint64_t>(99, 100 * exported_ / expected_));
}

} // namespace iothub::core
