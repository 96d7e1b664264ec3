#include <nlohmann/json.hpp>

#include "common/json_merge_patch.hpp"
#include "common/json_text.hpp"
#include "emulator/core/configurations/property_path.hpp"
#include "emulator/core/twins/twin_document.hpp"
#include "emulator/core/twins/twin_validation.hpp"
#include "fuzz/fuzzing.hpp"
#include "support/memory_hub.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

const identity_key key{"d", ""};

// In any order of members.
bool alike(const json& one, const json& other) {
    return nlohmann::json::parse(one.dump()) == nlohmann::json::parse(other.dump());
}

void check_section(std::string_view name, const json& values, std::size_t limit) {
    require(values.is_object(), "a section is an object");
    require(core::section_size(values) <= limit, "a section stays within its limit");
    const auto valid = core::validate_section(name, values);
    require(valid.has_value(), "what is kept may be kept: " + values.dump());
}

// Metadata has a node for each member, and no other.
void check_metadata(const json& values, const json& metadata) {
    require(metadata.contains("$lastUpdated"), "each node says when it was updated");
    std::size_t nodes = 0;
    for (const auto& member : metadata.items()) {
        nodes += member.key().starts_with('$') ? 0 : 1;
    }
    if (!values.is_object()) {
        require(nodes == 0, "a leaf has no members");
        return;
    }
    require(nodes == values.size(), "metadata mirrors the values");
    for (const auto& member : values.items()) {
        require(metadata.contains(member.key()), "metadata mirrors the values");
        check_metadata(member.value(), metadata[member.key()]);
    }
}

void check_twin(const core::twin& now) {
    check_section("tags", now.tags, core::max_tags_size);
    for (const core::twin_section* section : {&now.desired, &now.reported}) {
        check_section("properties", section->values, core::max_properties_size);
        check_metadata(section->values, section->metadata);
    }
}

void check_difference(const json& from, const json& to) {
    json patched = from;
    merge_patch(patched, core::difference(from, to));
    require(alike(patched, to), "a difference makes one of the other");
}

// "p" patches, "r" replaces, anything else reports. True where it was written.
bool write(test::memory_hub& on, char how, const json& document) {
    if (how != 'p' && how != 'r') {
        return on.hub.twins().report(key, document, {}).has_value();
    }
    const auto change = core::read_twin_change(document);
    if (!change) {
        return false;
    }
    const auto& any = core::precondition::anything();
    return (how == 'p' ? on.hub.twins().patch(key, *change, any)
                       : on.hub.twins().replace(key, *change, any))
        .has_value();
}

void check_write(test::memory_hub& on, char how, const json& document) {
    const core::twin before = on.twin(key);
    const bool written = write(on, how, document);
    const core::twin after = on.twin(key);
    check_twin(after);
    check_difference(before.desired.values, after.desired.values);
    require(written || after == before, "what is refused changes nothing");
    require(after.version - before.version <= 1, "a write raises the version by one");
    if (written) {
        require(write(on, how, document), "what was written can be written again");
        require(alike(on.twin(key).desired.values, after.desired.values) &&
                    alike(on.twin(key).reported.values, after.reported.values) &&
                    alike(on.twin(key).tags, after.tags),
                "and changes nothing");
    }
}

} // namespace

// A write a line: how, and the document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    test::memory_hub on;
    on.create(key);
    std::string_view text = text_of(bytes, size);
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const auto document = line.empty() ? result<json>(json()) : parse_json(line.substr(1));
        if (document && document->is_object()) {
            check_write(on, line.front(), *document);
        }
    }
    return 0;
}
