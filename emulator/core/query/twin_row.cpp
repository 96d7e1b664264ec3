#include "emulator/core/query/twin_row.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "common/json.hpp"
#include "common/letter_case.hpp"
#include "emulator/core/query/json_path.hpp"
#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin_document.hpp"

namespace iothub::core::query {

namespace {

using names = std::span<const std::string>;

std::optional<json> copy(const json* found) {
    return found == nullptr ? std::nullopt : std::optional(*found);
}

std::optional<json> find_in(const twin_section& section, names where) {
    if (where.empty()) {
        return section_document(section);
    }
    if (equal_ignoring_case(where.front(), "$version")) {
        return where.size() == 1 ? std::optional<json>(section.version) : std::nullopt;
    }
    if (equal_ignoring_case(where.front(), "$metadata")) {
        return copy(follow(section.metadata, where.subspan(1)));
    }
    return copy(follow(section.values, where));
}

std::optional<json> find_property(const twin& t, names where) {
    if (equal_ignoring_case(where.front(), "desired")) {
        return find_in(t.desired, where.subspan(1));
    }
    return equal_ignoring_case(where.front(), "reported") ? find_in(t.reported, where.subspan(1))
                                                          : std::nullopt;
}

// What users named is looked up where it lies, the rest in the member's own value.
std::optional<json> find_inside(const twin_member& member, const twin_parts& parts, names where) {
    if (member.name == "tags") {
        return copy(follow(parts.twin().tags, where));
    }
    if (member.name == "configurations") {
        return copy(follow(parts.twin().configurations, where));
    }
    if (member.name == "properties") {
        return find_property(parts.twin(), where);
    }
    const auto value = member.value(parts);
    const auto match = member.name == "attributes" ? name_match::exact : name_match::any_case;
    return value ? copy(follow(*value, where, match)) : std::nullopt;
}

} // namespace

twin_row::twin_row(core::store& store, identity_registry& identities, identity owner)
    : store_(store)
    , identities_(identities)
    , owner_(std::move(owner)) {}

std::optional<json> twin_row::find(const path& where) const {
    const names all(where.segments);
    if (all.empty()) {
        return std::nullopt;
    }
    const auto known = std::ranges::find_if(twin_members(), [&](const twin_member& member) {
        return equal_ignoring_case(member.name, all.front());
    });
    if (known == twin_members().end()) {
        return std::nullopt;
    }
    return all.size() == 1 ? known->value(*this) : find_inside(*known, *this, all.subspan(1));
}

const identity& twin_row::owner() const {
    if (!complete_) {
        identities_.complete(owner_);
        complete_ = true;
    }
    return owner_;
}

const core::twin& twin_row::twin() const {
    if (!twin_) {
        twin_ = store_.find_twin(owner_.key);
    }
    if (!twin_) {
        throw store_fault("the twin " + owner_.key.text() + " is missing");
    }
    return *twin_;
}

const identity* twin_row::capable_device() const {
    if (!owner_.key.is_module()) {
        return &owner_;
    }
    if (!device_) {
        device_ = store_.find_identity({owner_.key.device_id, {}});
    }
    return device_ ? &*device_ : nullptr;
}

json twin_row::document() const {
    return twin_document(*this);
}

} // namespace iothub::core::query
