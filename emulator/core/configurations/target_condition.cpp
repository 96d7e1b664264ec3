#include "emulator/core/configurations/target_condition.hpp"

#include <algorithm>

#include "common/letter_case.hpp"

namespace iothub::core {

namespace {

using query::expression_ptr;

error invalid(std::string message) {
    return {errc::invalid_configuration_target_condition, std::move(message)};
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

bool is_allowed(const query::path& p, content_kind kind) {
    const auto is = [&p](std::size_t at, std::string_view name) {
        return at < p.segments.size() && equal_ignoring_case(p.segments[at], name);
    };
    return (is(0, "deviceId") && p.segments.size() == 1) ||
           (is(0, "moduleId") && p.segments.size() == 1 && kind == content_kind::module) ||
           is(0, "tags") || (is(0, "properties") && is(1, "reported"));
}

// Whether every path in an expression is one that a condition may look at.
struct path_check {
    content_kind kind;

    bool operator()(const query::literal&) const { return true; }
    bool operator()(const query::path& p) const { return is_allowed(p, kind); }
    bool operator()(const query::array& a) const { return all(a.elements); }
    bool operator()(const query::unary& u) const { return one(u.operand); }
    bool operator()(const query::binary& b) const { return one(b.left) && one(b.right); }
    bool operator()(const query::junction& j) const { return all(j.operands); }
    bool operator()(const query::membership& m) const { return one(m.value) && all(m.candidates); }
    bool operator()(const query::call& c) const { return all(c.arguments); }

    bool one(const expression_ptr& e) const { return !e || std::visit(*this, e->node); }
    bool all(const std::vector<expression_ptr>& list) const {
        return std::ranges::all_of(list, [this](const expression_ptr& e) { return one(e); });
    }
};

// `a or b` as part of an `and` needs parentheses.
std::string as_conjunct(const std::string& condition) {
    const auto parsed = query::parse_condition(condition);
    const bool is_or = parsed && parsed->where &&
                       std::holds_alternative<query::junction>(parsed->where->node) &&
                       !std::get<query::junction>(parsed->where->node).all;
    return is_or ? "(" + condition + ")" : condition;
}

std::string targeted_query(const configuration& c, content_kind kind) {
    const std::string condition(trimmed(c.target_condition));
    if (condition.empty()) {
        return {};
    }
    const bool all = condition == "*";
    switch (kind) {
    case content_kind::module:
        return "select deviceId, moduleId " + condition;
    case content_kind::deployment:
        return "select deviceId from devices where capabilities.iotEdge = true" +
               (all ? "" : " and " + as_conjunct(condition));
    case content_kind::device:
        break;
    }
    return "select deviceId from devices" + (all ? "" : " where " + condition);
}

} // namespace

result<std::optional<query::condition>> read_target_condition(std::string_view text,
                                                              content_kind kind) {
    text = trimmed(text);
    if (text.empty()) {
        return std::optional<query::condition>();
    }
    auto parsed = query::parse_condition(text);
    if (!parsed) {
        return invalid("The target condition is not valid: " + parsed.error().message);
    }
    const bool of_modules = parsed->from == query::collection::modules;
    if (of_modules != (kind == content_kind::module)) {
        return invalid(of_modules ? "Only moduleContent has a target condition about modules."
                                  : "The target condition of moduleContent must begin with FROM "
                                    "devices.modules WHERE.");
    }
    if (!path_check{kind}.one(parsed->where)) {
        return invalid("A target condition may only use deviceId, tags and properties.reported.");
    }
    return std::optional(*std::move(parsed));
}

result<query::statement> read_metric_query(std::string_view text) {
    auto parsed = query::parse_statement(text);
    if (!parsed) {
        return error{errc::invalid_configuration_custom_metrics_query, parsed.error().message};
    }
    if (parsed->from == query::collection::jobs) {
        return error{errc::invalid_configuration_custom_metrics_query,
                     "A metric counts devices or modules."};
    }
    return parsed;
}

json system_queries(const configuration& c, content_kind kind) {
    const std::string applied = "configurations.[[" + c.id + "]].status = 'Applied'";
    json queries{{"targetedCount", targeted_query(c, kind)}};
    if (kind != content_kind::deployment) {
        queries["appliedCount"] = (kind == content_kind::device
                                       ? "select deviceId from devices where "
                                       : "select deviceId, moduleId from devices.modules where ") +
                                  applied;
        return queries;
    }
    const std::string agents =
        "select deviceId from devices.modules where moduleId = '$edgeAgent' and " + applied;
    const std::string reported =
        agents + " and properties.desired.$version = properties.reported.lastDesiredVersion and "
                 "properties.reported.lastDesiredStatus.code ";
    queries["appliedCount"] = agents;
    queries["reportedSuccessfulCount"] = reported + "= 200";
    queries["reportedFailedCount"] = reported + "!= 200";
    return queries;
}

} // namespace iothub::core
