#pragma once
// Reads members of a JSON object that a client sent. Null counts as absent; a member of the wrong
// type is remembered as the document's fault, by its name, and read as absent; so a document is
// read from top to bottom and asked once at the end.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub {

class member_reader {
public:
    // `object` and `fault` outlive the reader. Only the first fault is kept (argument_invalid).
    member_reader(const json& object, std::optional<error>& fault, std::string path = {});

    std::optional<std::string> text(std::string_view name) const;
    bool flag(std::string_view name) const; // false when absent
    std::optional<std::int64_t> integer(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    member_reader object(std::string_view name) const;    // an empty one when absent
    std::string object_text(std::string_view name) const; // its JSON; "" when absent or empty

    // Remembers that a member's value is none of those that are allowed.
    void refuse(std::string_view name, std::string_view rule) const;

private:
    const json* find(std::string_view name) const;

    const json* object_;
    std::optional<error>* fault_;
    std::string path_; // "authentication."
};

} // namespace iothub
