#include "emulator/amqp/nodes/event_hub/management.hpp"

#include <chrono>
#include <cstdint>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/amqp/credentials.hpp"
#include "emulator/amqp/event_time.hpp"
#include "emulator/amqp/nodes/event_hub/entity.hpp"
#include "emulator/amqp/nodes/event_hub/last_enqueued.hpp"
#include "emulator/core/store.hpp"

namespace iothub::amqp {

namespace {

constexpr const char* hub_type = "com.microsoft:eventhub";
constexpr const char* partition_type = "com.microsoft:partition";

// The hub does not know when it was made; clients only want a date.
constexpr timestamp created_at = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);

condition bad_request(std::string why) {
    return {"com.microsoft:argument-error", std::move(why)};
}

std::int32_t status_of(const condition& why) {
    if (why.name == "amqp:not-found") {
        return 404;
    }
    if (why.name == "amqp:unauthorized-access") {
        return 401;
    }
    return why.name == "amqp:internal-error" ? 500 : 400;
}

std::string name_in(const map& asked) {
    const std::string name(find_text(asked, "name").value_or(""));
    return name.empty() ? events_entity : name;
}

// Clients write it as a string or a number.
std::string partition_in(const map& asked) {
    const value* found = find(asked, "partition");
    return found ? plain_text(*found).value_or("") : std::string();
}

} // namespace

management::management(const context& lent)
    : lent_(lent)
    , channel_(lent, {"$management", max_links,
                      [this](const message& request) { return answer_to(request); }}) {}

message management::answer_to(const message& request) const {
    auto body = read(request.application_properties);
    if (const auto* refused = std::get_if<condition>(&body)) {
        message answer = status_answer(status_of(*refused), refused->description);
        answer.application_properties.emplace_back("error-condition", symbol{refused->name});
        answer.body = map();
        return answer;
    }
    message answer = status_answer(200, "OK");
    answer.body = std::get<map>(std::move(body));
    return answer;
}

management::answer_body management::read(const map& asked) const {
    if (!allowed(asked)) {
        return condition{"amqp:unauthorized-access", "Unauthorized access"};
    }
    if (!equal_ignoring_case(find_text(asked, "operation").value_or(""), "READ")) {
        return bad_request("The operation is not READ.");
    }
    const std::string entity = name_in(asked);
    if (!is_events_entity(entity)) {
        return no_such_entity(entity);
    }
    const auto type = find_text(asked, "type").value_or("");
    if (type == hub_type) {
        return describe_hub(entity);
    }
    if (type == partition_type) {
        return read_partition(asked, entity);
    }
    return bad_request("The type is neither com.microsoft:eventhub nor com.microsoft:partition.");
}

management::answer_body management::read_partition(const map& asked,
                                                   const std::string& entity) const {
    const auto found = find_partition(lent_.hub, entity, partition_in(asked));
    if (const auto* refused = std::get_if<condition>(&found)) {
        return *refused;
    }
    try {
        return describe_partition(std::get<std::uint32_t>(found), entity);
    } catch (const core::store_fault& fault) {
        lent_.write_fault("a partition cannot be read", fault);
        return condition{"amqp:internal-error", "The partition cannot be read."};
    }
}

map management::describe_hub(const std::string& entity) const {
    const std::uint32_t count = lent_.hub.events().partitions();
    array ids;
    for (std::uint32_t i = 0; i < count; ++i) {
        ids.items.emplace_back(std::to_string(i));
    }
    return {{"name", entity},
            {"type", hub_type},
            {"created_at", event_time(created_at)},
            {"partition_count", static_cast<std::int32_t>(count)},
            {"partition_ids", std::move(ids)}};
}

map management::describe_partition(std::uint32_t number, const std::string& entity) const {
    const auto held = lent_.hub.events().examine(number);
    map all{{"name", entity},
            {"type", partition_type},
            {"partition", std::to_string(number)},
            {"begin_sequence_number", static_cast<std::int64_t>(held.first_sequence_number)}};
    for (auto& one : last_enqueued(held)) {
        all.push_back(std::move(one));
    }
    all.emplace_back("is_partition_empty", !held.newest.has_value());
    return all;
}

// The connection's own proof, or else the token that comes with the request.
bool management::allowed(const map& asked) const {
    constexpr auto needed = core::permission::service_connect;
    if (lent_.proved.back_end_anywhere(needed)) {
        return true;
    }
    const auto token = find_text(asked, "security_token");
    return token && lent_.proved.put(*token) && lent_.proved.back_end_anywhere(needed).has_value();
}

} // namespace iothub::amqp
