#include "emulator/core/twins/twin_service.hpp"

#include "common/json_merge_patch.hpp"
#include "common/json_text.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/device_link.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin_section.hpp"
#include "emulator/core/twins/twin_validation.hpp"

namespace iothub::core {

namespace {

error etag_mismatch(const identity_key& key) {
    return {errc::precondition_failed, "ETag mismatch for device ID '" + key.device_id + "'"};
}

// null stands for "nothing left" where an object is expected.
json removal_of_all(const json& values) {
    json patch = json::object();
    for (const auto& member : values.items()) {
        patch[member.key()] = nullptr;
    }
    return patch;
}

// What a patch may be by itself. One that is too large is refused before it is merged, which would
// take a time that grows with the square of its members.
result<> check_change(std::string_view name, const json& patch, const json& current,
                      std::size_t limit) {
    const auto valid = validate_section(name, patch);
    return valid ? check_size(name, current, patch, limit) : valid;
}

// An optional section as a merge patch, checked.
result<std::optional<json>> as_patch(std::string_view name, const std::optional<json>& wanted,
                                     const json& current, std::size_t limit) {
    if (!wanted) {
        return std::optional<json>{};
    }
    if (wanted->is_null()) {
        return std::optional<json>(removal_of_all(current));
    }
    json patch = without_system_members(*wanted);
    if (const auto valid = check_change(name, patch, current, limit); !valid) {
        return valid.error();
    }
    return std::optional<json>(std::move(patch));
}

result<> check_sizes(const twin& before, const twin& after) {
    if (const auto tags = check_size("tags", before.tags, after.tags, max_tags_size); !tags) {
        return tags;
    }
    return check_size("properties.desired", before.desired.values, after.desired.values,
                      max_properties_size);
}

// A change as merge patches, checked.
result<twin_update> as_patches(const twin_change& change, const twin& current) {
    auto tags = as_patch("tags", change.tags, current.tags, max_tags_size);
    auto desired =
        as_patch("properties.desired", change.desired, current.desired.values, max_properties_size);
    if (!tags || !desired) {
        return tags ? desired.error() : tags.error();
    }
    return twin_update{false, *std::move(tags), *std::move(desired), std::nullopt};
}

// `counted` is `before` with the versions of the write.
result<twin> merged(twin counted, const twin& before, const twin_update& change, timestamp now) {
    if (change.tags) {
        merge_patch(counted.tags.writable(), *change.tags);
    }
    if (change.desired) {
        merge_section(counted.desired, *change.desired, {now, counted.desired.version});
    }
    if (const auto fits = check_sizes(before, counted); !fits) {
        return fits.error();
    }
    return counted;
}

twin counted_up(twin t, const twin_update& change) {
    ++t.version;
    ++t.etag;
    t.desired.version += change.desired ? 1 : 0;
    return t;
}

bool says_nothing(const twin_change& change) {
    return !change.tags && !change.desired;
}

// {"interval":5,"$version":2}
std::string device_view_of(const twin_section& section) {
    std::string view = section.values.text();
    view.pop_back();
    view.append(section.values->empty() ? "" : ",");
    return view.append(R"("$version":)").append(std::to_string(section.version)).append("}");
}

// A section without its nulls, for a replacement.
json without_nulls(const json& section) {
    json kept = json::object();
    merge_patch(kept, section);
    return kept;
}

} // namespace

twin_service::twin_service(core::store& store, session_table& sessions, const core::clock& clock)
    : store_(store)
    , sessions_(sessions)
    , clock_(clock) {}

result<twin> twin_service::get(const identity_key& key) {
    auto found = store_.find_twin(key);
    if (!found) {
        return error{errc::device_not_found, key.text()};
    }
    return *std::move(found);
}

result<twin> twin_service::find_admitted(const identity_key& key, const precondition& demand) {
    auto found = get(key);
    if (found && !demand.admits(etag_text(*found))) {
        return etag_mismatch(key);
    }
    return found;
}

result<twin> twin_service::patch(const identity_key& key, const twin_change& change,
                                 const precondition& demand) {
    auto found = find_admitted(key, demand);
    if (!found || says_nothing(change)) {
        return found;
    }
    const auto wanted = as_patches(change, *found);
    if (!wanted) {
        return wanted.error();
    }
    auto changed = merged(counted_up(*found, *wanted), *found, *wanted, clock_.now());
    if (!changed) {
        return changed;
    }
    keep(*changed);
    updated_(*changed, *wanted);
    if (wanted->desired) {
        notify(*changed, *wanted->desired);
    }
    return changed;
}

result<> twin_service::check_patch(const identity_key& key, const twin_change& change,
                                   const precondition& demand) {
    const auto found = find_admitted(key, demand);
    if (!found) {
        return found.error();
    }
    const auto wanted = as_patches(change, *found);
    if (!wanted) {
        return wanted.error();
    }
    const auto changed = merged(*found, *found, *wanted, clock_.now());
    return changed ? result<>() : changed.error();
}

result<twin> twin_service::put_first(const identity_key& key, const twin_change& content) {
    auto found = get(key);
    if (!found || says_nothing(content)) {
        return found;
    }
    const auto wanted = as_patches(content, *found);
    if (!wanted) {
        return wanted.error();
    }
    auto filled = merged(*found, *found, *wanted, clock_.now());
    if (filled) {
        keep(*filled);
        updated_(*filled, *wanted);
    }
    return filled;
}

result<> twin_service::check_first(const twin_change& content) {
    const twin empty = make_twin({}, never);
    const auto wanted = as_patches(content, empty);
    if (!wanted) {
        return wanted.error();
    }
    const auto filled = merged(empty, empty, *wanted, never);
    return filled ? result<>() : filled.error();
}

result<twin> twin_service::replace(const identity_key& key, const twin_change& change,
                                   const precondition& demand) {
    auto found = find_admitted(key, demand);
    if (!found) {
        return found;
    }
    const auto wanted = as_patches(
        {change.tags.value_or(json::object()), change.desired.value_or(json::object())}, *found);
    if (!wanted) {
        return wanted.error();
    }
    twin changed = counted_up(*found, *wanted);
    changed.tags = without_nulls(*wanted->tags);
    replace_section(changed.desired, without_nulls(*wanted->desired),
                    {clock_.now(), changed.desired.version});
    if (const auto fits = check_sizes(*found, changed); !fits) {
        return fits.error();
    }
    keep(changed);
    updated_(changed, {.replaced = true});
    notify(changed, changed.desired.values);
    return changed;
}

result<std::uint64_t> twin_service::report(const identity_key& key, const json& patch,
                                           std::optional<std::uint64_t> expected_version) {
    auto wanted = reported_patch(key, patch, expected_version);
    if (!wanted) {
        return wanted.error();
    }
    store_.change_twin(key, [&](twin& t) {
        ++t.version;
        ++t.reported.version;
        merge_section(t.reported, *wanted, {clock_.now(), std::nullopt});
    });
    const auto changed = get(key);
    if (changed) {
        changed_(*changed);
        updated_(*changed, {.reported = *std::move(wanted)});
    }
    return changed ? result<std::uint64_t>(changed->reported.version) : changed.error();
}

// What is to be merged, checked.
result<json> twin_service::reported_patch(const identity_key& key, const json& patch,
                                          std::optional<std::uint64_t> expected_version) {
    const auto found = get(key);
    if (!found) {
        return found.error();
    }
    if (expected_version && *expected_version != found->reported.version) {
        return error{errc::precondition_failed, "The reported properties have another version."};
    }
    json wanted = without_system_members(patch);
    const json& current = found->reported.values;
    if (const auto valid =
            check_change("properties.reported", wanted, current, max_properties_size);
        !valid) {
        return valid.error();
    }
    if (const auto fits =
            check_merged_size("properties.reported", current, wanted, max_properties_size);
        !fits) {
        return fits.error();
    }
    return result<json>(std::move(wanted));
}

void twin_service::remember_model(const identity_key& key, const std::string& model_id) {
    auto found = store_.find_twin(key);
    if (found && found->model_id != model_id) {
        found->model_id = model_id;
        keep(*found);
    }
}

void twin_service::show_configurations(const identity_key& key, json shown) {
    auto found = store_.find_twin(key);
    if (found && found->configurations.value() != shown) {
        found->configurations = std::move(shown);
        keep(*found);
    }
}

void twin_service::keep(const twin& changed) {
    store_.put_twin(changed);
    changed_(changed);
}

void twin_service::notify(const twin& changed, json desired) {
    if (device_link* link = sessions_.find(changed.key)) {
        desired["$version"] = changed.desired.version;
        link->desired_changed(changed.desired.version, to_text(desired));
    }
}

std::string device_view(const twin& t) {
    return R"({"desired":)" + device_view_of(t.desired) + R"(,"reported":)" +
           device_view_of(t.reported) + "}";
}

} // namespace iothub::core
