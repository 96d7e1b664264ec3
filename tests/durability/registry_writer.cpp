#include "durability/registry_writer.hpp"

#include <stdexcept>

#include "common/json.hpp"
#include "durability/filling.hpp"
#include "durability/torn_twin.hpp"

namespace iothub::durability {

namespace {

constexpr std::int64_t longest_filling = 1500;
constexpr std::int64_t new_twin_version = 2; // its sections are in version 1

json patch_of(std::int64_t number) {
    return {{"tags", {{"n", number}}},
            {"properties",
             {{"desired", {{"n", number}, {"filling", filling(number, longest_filling)}}}}}};
}

std::string reason_of(std::int64_t number) {
    return "change " + std::to_string(number);
}

void put_identity(device_record& record, const device_identity& device) {
    record.generation = device.generation_id;
    record.key = device.authentication.symmetric_key.primary_key;
    record.reason = device.status_reason;
    record.etag = device.etag;
}

void put_twin(device_record& record, const twin& document) {
    record.twin_etag = document.etag();
    record.twin_version = document.version();
    record.desired_version = document.desired_version();
    record.value = document.desired().value("n", std::int64_t{0});
}

std::optional<device_record> read(registry_client& registry, const std::string& device_id,
                                  findings& found) {
    try {
        device_record record;
        put_identity(record, registry.get_device(device_id));
        const twin document = registry.get_twin(device_id);
        put_twin(record, document);
        const std::string fault = torn_twin(document, longest_filling);
        found.expect(fault.empty(), device_id + ": torn twin: " + fault);
        found.expect(document.tags().value("n", std::int64_t{0}) == record.value,
                     device_id + ": torn twin: tags and desired properties of two patches");
        return record;
    } catch (const device_not_found&) {
        return std::nullopt;
    }
}

// Each etag once in a generation.
std::string used_etag(const device_record& record) {
    return record.generation + " etag " + record.etag;
}
std::string used_twin_etag(const device_record& record) {
    return record.generation + " twin etag " + record.twin_etag;
}

std::string text_of(const std::optional<device_record>& record) {
    if (!record) {
        return "absent";
    }
    return "etag " + record->etag + ", " + record->reason + ", twin etag " + record->twin_etag +
           ", version " + std::to_string(record->twin_version) + ", desired " +
           std::to_string(record->desired_version) + ", value " + std::to_string(record->value);
}

} // namespace

void registry_writer::write(const hub_access& hub, const std::atomic<bool>& gone) {
    registry_client registry = hub.registry();
    while (!gone) {
        do_next(registry);
    }
}

// New devices now and then, and work on those that are there.
registry_writer::change_under_way registry_writer::choose() {
    ++number_;
    const auto die = random_() % 10;
    if (devices_.empty() || die < 3) {
        return {prefix_ + std::to_string(number_), change::create, number_};
    }
    auto one = devices_.begin();
    std::advance(one, static_cast<std::ptrdiff_t>(random_() % devices_.size()));
    if (!one->second) {
        return {one->first, change::create, number_};
    }
    return {one->first,
            die < 5   ? change::update
            : die < 9 ? change::patch
                      : change::remove,
            number_};
}

void registry_writer::do_next(registry_client& registry) {
    doubt_ = choose();
    devices_.try_emplace(doubt_->device_id);
    acknowledge(registry, *doubt_);
    doubt_.reset();
    count_acknowledged();
}

void registry_writer::acknowledge(registry_client& registry, const change_under_way& wanted) {
    switch (wanted.what) {
    case change::create:
        return create(registry, wanted);
    case change::update:
        return update(registry, wanted);
    case change::patch:
        return patch(registry, wanted);
    case change::remove:
        return remove(registry, wanted);
    }
}

void registry_writer::create(registry_client& registry, const change_under_way& wanted) {
    device_record record;
    put_identity(record, registry.add_device({.device_id = wanted.device_id,
                                              .status_reason = reason_of(wanted.number)}));
    record.twin_etag = "AAAAAAAAAAE=";
    record.twin_version = new_twin_version;
    record.desired_version = 1;
    if (!used_.insert(record.generation).second) {
        throw std::runtime_error(wanted.device_id + " was created in a generation of before");
    }
    keep_new(wanted.device_id, record);
}

void registry_writer::update(registry_client& registry, const change_under_way& wanted) {
    device_record record = *devices_[wanted.device_id];
    device_identity device{.device_id = wanted.device_id, .etag = record.etag};
    device.status_reason = reason_of(wanted.number);
    device.authentication.symmetric_key = {record.key, record.key};
    put_identity(record, registry.update_device(device));
    keep_new(wanted.device_id, record);
}

void registry_writer::patch(registry_client& registry, const change_under_way& wanted) {
    device_record record = *devices_[wanted.device_id];
    put_twin(record,
             registry.update_twin(wanted.device_id, patch_of(wanted.number), record.twin_etag));
    keep_new(wanted.device_id, record);
}

// Throws where nothing in it is new.
void registry_writer::keep_new(const std::string& device_id, const device_record& acknowledged) {
    const bool etag = used_.insert(used_etag(acknowledged)).second;
    const bool twin_etag = used_.insert(used_twin_etag(acknowledged)).second;
    if (!etag && !twin_etag) {
        throw std::runtime_error(device_id + " was changed and has etags of before");
    }
    devices_[device_id] = acknowledged;
}

void registry_writer::remove(registry_client& registry, const change_under_way& wanted) {
    registry.remove_device(wanted.device_id, devices_[wanted.device_id]->etag);
    devices_[wanted.device_id].reset();
}

void registry_writer::check(const hub_access& hub, findings& found) {
    registry_client registry = hub.registry();
    for (const auto& [device_id, record] : devices_) {
        check_device(registry, device_id, found);
    }
    doubt_.reset();
}

void registry_writer::check_device(registry_client& registry, const std::string& device_id,
                                   findings& found) {
    std::optional<device_record>& record = devices_[device_id];
    const auto now = read(registry, device_id, found);
    if (now != record) {
        if (doubt_ && doubt_->device_id == device_id) {
            check_in_doubt(now, found);
            if (now) {
                used_.insert({now->generation, used_etag(*now), used_twin_etag(*now)});
            }
        } else {
            found.add(device_id + " was acknowledged as " + text_of(record) + " and is " +
                      text_of(now));
        }
    }
    record = now;
}

// Not as before: so it must be as the change that got no answer has it.
void registry_writer::check_in_doubt(const std::optional<device_record>& now, findings& found) {
    if ((doubt_->what == change::remove) != !now) {
        found.add(doubt_->device_id + " was in doubt, and is " + text_of(now));
        return;
    }
    if (now) {
        const std::string mistake = mistake_of_change(*now);
        found.expect(mistake.empty(), doubt_->device_id + ", whose change was in doubt: " +
                                          mistake + ": " + text_of(now));
    }
}

std::string registry_writer::mistake_of_change(const device_record& now) const {
    if (doubt_->what == change::create) {
        return used_.contains(now.generation)            ? "its generation was there before"
               : now.reason != reason_of(doubt_->number) ? "it is another"
               : now.twin_version != new_twin_version || now.value != 0 ? "its twin is not new"
                                                                        : "";
    }
    device_record expected = *devices_.at(doubt_->device_id);
    const bool patched = doubt_->what == change::patch;
    (patched ? expected.twin_etag : expected.etag) = patched ? now.twin_etag : now.etag;
    if (patched) {
        expected.value = doubt_->number;
        ++expected.twin_version;
        ++expected.desired_version;
    } else {
        expected.reason = reason_of(doubt_->number);
    }
    if (used_.contains(patched ? used_twin_etag(now) : used_etag(now))) {
        return "its etag was there before";
    }
    return now == expected ? "" : "it is neither as before nor as after";
}

} // namespace iothub::durability
