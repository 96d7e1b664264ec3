#include "emulator/core/configurations/configuration_document.hpp"

#include <limits>

#include "common/json.hpp"
#include "common/letter_case.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/configurations/target_condition.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t max_tested_queries = 100;

content_kind kind_of(const configuration& c) {
    const auto content = read_configuration_content(c.content);
    return content ? content->kind : content_kind::device;
}

json describe(const evaluation_counts& n, content_kind kind) {
    json counts{{"targetedCount", n.targeted}, {"appliedCount", n.applied}};
    if (kind == content_kind::deployment) {
        counts["reportedSuccessfulCount"] = n.succeeded;
        counts["reportedFailedCount"] = n.failed;
    }
    return counts;
}

// The member's value, or null.
json member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? json() : *found;
}

// An object of strings, or null.
json read_texts(const json& object, const char* name, const member_reader& members) {
    json texts = member(object, name);
    bool proper = texts.is_object() || texts.is_null();
    for (const json& value : texts.is_object() ? texts : json::object()) {
        proper = proper && value.is_string();
    }
    if (!proper) {
        members.refuse(name, "must be an object of strings");
        return {};
    }
    return texts;
}

std::int32_t read_priority(const member_reader& members) {
    const std::int64_t priority = members.integer("priority").value_or(0);
    if (priority < std::numeric_limits<std::int32_t>::min() ||
        priority > std::numeric_limits<std::int32_t>::max()) {
        members.refuse("priority", "must fit into 32 bits");
        return 0;
    }
    return static_cast<std::int32_t>(priority);
}

json object_or_empty(json value) {
    return value.is_object() ? std::move(value) : json::object();
}

void check_id(const member_reader& members, const std::string& in_path) {
    if (!is_configuration_id(in_path)) {
        members.refuse("id", "must be 1 to 128 characters of a-z 0-9 and - + % _ * ! '");
    } else if (members.text("id").value_or(in_path) != in_path) {
        members.refuse("id", "differs from the id in the address");
    }
}

json fault_of_condition(const std::string& text) {
    if (text == "*") {
        return "The target condition * has nothing to test.";
    }
    const bool of_modules = starts_with_ignoring_case(text, "from ");
    const auto read =
        read_target_condition(text, of_modules ? content_kind::module : content_kind::device);
    return read ? json() : json(read.error().message);
}

} // namespace

json configuration_document(const configuration& c, const configuration_results& found) {
    const content_kind kind = kind_of(c);
    return {{"id", c.id},
            {"schemaVersion", c.schema_version ? json(*c.schema_version) : json()},
            {"labels", c.labels},
            {"content", c.content},
            {"targetCondition", c.target_condition},
            {"createdTimeUtc", iso_8601(c.created)},
            {"lastUpdatedTimeUtc", iso_8601(c.updated)},
            {"priority", c.priority},
            {"systemMetrics",
             {{"results", found.system ? describe(*found.system, kind) : json::object()},
              {"queries", system_queries(c, kind)}}},
            {"metrics", {{"results", found.custom}, {"queries", c.metrics}}},
            {"etag", etag_text(c)}};
}

result<configuration> read_configuration_document(const json& document, const std::string& id) {
    std::optional<error> fault;
    const member_reader members(document, fault);
    configuration c;
    c.id = id;
    check_id(members, id);
    c.schema_version = members.text("schemaVersion");
    c.labels = read_texts(document, "labels", members);
    c.target_condition = members.text("targetCondition").value_or("");
    c.priority = read_priority(members);
    const json metrics = object_or_empty(member(document, "metrics"));
    c.metrics = object_or_empty(read_texts(metrics, "queries", members.object("metrics")));
    c.content = member(document, "content");
    if (fault) {
        return *fault;
    }
    if (c.content.is_null()) {
        return error{errc::invalid_configuration_content, "A configuration must have a content."};
    }
    return c;
}

result<json> test_configuration_queries(const json& document) {
    std::optional<error> fault;
    const member_reader members(document, fault);
    const std::string condition = members.text("targetCondition").value_or("");
    const json queries = object_or_empty(read_texts(document, "customMetricQueries", members));
    if (queries.size() > max_tested_queries) {
        members.refuse("customMetricQueries", "must have at most 100 queries");
    }
    if (fault) {
        return *fault;
    }
    json faults = json::object();
    for (const auto& [name, text] : queries.items()) {
        const auto read = read_metric_query(text.get_ref<const std::string&>());
        faults[name] = read ? json() : json(read.error().message);
    }
    return json{{"targetConditionError", fault_of_condition(condition)},
                {"customMetricQueryErrors", std::move(faults)}};
}

} // namespace iothub::core
