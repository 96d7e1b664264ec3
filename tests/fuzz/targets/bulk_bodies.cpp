#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/registry/registry_import.hpp"
#include "emulator/core/twins/twin_validation.hpp"
#include "fuzz/fuzzing.hpp"
#include "support/memory_hub.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

void check_line(test::memory_hub& on, const core::identity& id) {
    const auto twin = on.twin(id.key);
    const auto line = core::export_line(id, twin, core::exported_keys::included);
    const auto again = parse_json(to_text(line));
    require(again.has_value(), "an exported line is JSON");
    const auto item = core::read_import_item(*again);
    require(item.has_value(), "an exported line can be imported: " + to_text(line));
    require(item->identity.key == id.key, "and is of the same identity");
    require(core::section_size(twin.tags) <= core::max_tags_size &&
                core::section_size(twin.desired.values) <= core::max_properties_size,
            "its twin stays within the limits");
}

void check_identity(test::memory_hub& on, const core::identity& id) {
    require(core::validate_ids(id.key).has_value(), "an identity has ids it may have");
    require(!id.key.is_module() || on.store.find_identity({id.key.device_id, ""}).has_value(),
            "a module has its device");
    check_line(on, id);
}

void check_registry(test::memory_hub& on) {
    for (const core::identity& device : on.store.list_devices("", 1'000)) {
        check_identity(on, device);
        for (const core::identity& module : on.store.list_modules(device.key.device_id)) {
            check_identity(on, module);
        }
    }
}

void apply(test::memory_hub& on, const json& element) {
    const auto item = core::read_import_item(element);
    if (!item) {
        require(is_one_line(item.error().message), "a refusal is one line");
        return;
    }
    core::registry_import registry(on.hub.identities(), on.hub.twins());
    const std::string before = std::to_string(on.store.count_identities().devices);
    const auto applied = registry.apply(*item);
    require(applied.has_value() || !applied.error().message.empty() ||
                applied.error().code != errc::server_error,
            "a refusal has a reason");
    require(applied.has_value() || before == std::to_string(on.store.count_identities().devices),
            "an item is applied whole or not at all");
}

} // namespace

// An array of items, as POST /devices and import files have them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto list = parse_json(text_of(bytes, size));
    if (!list || !list->is_array()) {
        return 0;
    }
    test::memory_hub on;
    on.create({"d", ""});
    on.create({"d", "m"});
    for (const json& element : *list) {
        apply(on, element);
    }
    on.hub.end_turn();
    check_registry(on);
    return 0;
}
