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

value found(const json* place) {
    return place == nullptr ? value() : value::of(*place);
}

const twin_member* find_member(std::string_view name) {
    const auto known = std::ranges::find_if(twin_members(), [&](const twin_member& member) {
        return equal_ignoring_case(member.name, name);
    });
    return known == twin_members().end() ? nullptr : &*known;
}

value find_in(const twin_section& section, std::span<const std::string> where) {
    if (equal_ignoring_case(where.front(), "$version")) {
        return where.size() == 1 ? value(json(section.version)) : value();
    }
    return equal_ignoring_case(where.front(), "$metadata")
               ? found(follow(section.metadata, where.subspan(1)))
               : found(follow(section.values, where));
}

} // namespace

twin_row::twin_row(core::store& store, identity_registry& identities, identity owner)
    : store_(store)
    , identities_(identities)
    , owner_(std::move(owner)) {}

value twin_row::find(const path& where) const {
    const names all(where.segments);
    const twin_member* member = all.empty() ? nullptr : find_member(all.front());
    if (member == nullptr) {
        return {};
    }
    return all.size() == 1 ? found(whole(*member)) : find_inside(*member, all.subspan(1));
}

// What users named is looked up where it lies, the rest in the member's own value.
value twin_row::find_inside(const twin_member& member, names where) const {
    if (member.name == "tags") {
        return found(follow(twin().tags, where));
    }
    if (member.name == "configurations") {
        return found(follow(twin().configurations, where));
    }
    if (member.name == "properties" && where.size() > 1) {
        return find_property(where);
    }
    const json* all = whole(member);
    const auto match = member.name == "attributes" ? name_match::exact : name_match::any_case;
    return all == nullptr ? value() : found(follow(*all, where, match));
}

value twin_row::find_property(names where) const {
    if (equal_ignoring_case(where.front(), "desired")) {
        return find_in(twin().desired, where.subspan(1));
    }
    return equal_ignoring_case(where.front(), "reported")
               ? find_in(twin().reported, where.subspan(1))
               : value();
}

const json* twin_row::whole(const twin_member& member) const {
    auto made = made_.find(member.name);
    if (made == made_.end()) {
        made = made_.emplace(member.name, member.value(*this)).first;
    }
    return made->second ? &*made->second : nullptr;
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
