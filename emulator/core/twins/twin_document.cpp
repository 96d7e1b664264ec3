#include "emulator/core/twins/twin_document.hpp"

#include <optional>
#include <utility>

#include "common/json.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/twins/twin_members.hpp"

namespace iothub::core {

namespace {

class parts_at_hand final : public twin_parts {
public:
    parts_at_hand(const core::twin& t, const identity& owner)
        : twin_(t)
        , owner_(owner) {}

    const identity_key& key() const override { return twin_.key; }
    const identity& owner() const override { return owner_; }
    const core::twin& twin() const override { return twin_; }
    const identity* capable_device() const override {
        return twin_.key.is_module() ? nullptr : &owner_;
    }

private:
    const core::twin& twin_;
    const identity& owner_;
};

// The member, null included; nothing where it is absent.
std::optional<json> find_section(const json& object, const char* name, const char* full_name,
                                 std::optional<error>& fault) {
    const auto found = object.find(name);
    if (found == object.end()) {
        return std::nullopt;
    }
    if (!found->is_object() && !found->is_null()) {
        member_reader(object, fault).refuse(full_name, "must be an object or null");
    }
    return *found;
}

} // namespace

json twin_document(const twin_parts& parts) {
    json d = json::object();
    for (const twin_member& member : twin_members()) {
        if (auto value = member.value(parts)) {
            d.emplace(member.name, *std::move(value));
        }
    }
    return d;
}

json twin_document(const twin& t, const identity& owner) {
    return twin_document(parts_at_hand(t, owner));
}

result<twin_change> read_twin_change(const json& document) {
    std::optional<error> fault;
    twin_change change;
    change.tags = find_section(document, "tags", "tags", fault);
    const auto properties = find_section(document, "properties", "properties", fault);
    if (properties && properties->is_object()) {
        change.desired = find_section(*properties, "desired", "properties.desired", fault);
    }
    if (fault) {
        return *fault;
    }
    return change;
}

} // namespace iothub::core
