#pragma once
// A JSON value as a member of a struct: a cheap, immutable copy of one. Assign a `json` and read it
// as behind a pointer, with <nlohmann/json.hpp> included: `update.patch = json{{"tags", …}};`,
// `job.document->at("jobId")`.

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

#include "iothub/json_fwd.hpp"

namespace iothub {

class json_value {
public:
    json_value() = default; // null

    // From nlohmann::json too, with its members in that one's order. A template, so that braces
    // alone do not compile: they would lose a level.
    template <class Json>
        requires std::same_as<std::remove_cvref_t<Json>, json> ||
                 std::same_as<std::remove_cvref_t<Json>, nlohmann::json>
    json_value(Json&& value)
        : value_(share(std::forward<Json>(value))) {}

    const json& operator*() const noexcept;
    const json* operator->() const noexcept;
    bool is_null() const noexcept;

private:
    static std::shared_ptr<const json> share(json value);
    static std::shared_ptr<const json> share(const nlohmann::json& value);

    std::shared_ptr<const json> value_; // nothing: null
};

} // namespace iothub
