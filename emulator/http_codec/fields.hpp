#pragma once
// The header fields of an HTTP message, in their order; names compare without regard to case
// (RFC 9110 §5.1).

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace iothub::http_codec {

// `text` without the spaces and tabs around it.
std::string_view trimmed(std::string_view text);

struct field {
    std::string name;
    std::string value;
};

class fields {
public:
    fields() = default;
    fields(std::initializer_list<field> list)
        : list_(list) {}

    void add(std::string name, std::string value) {
        list_.push_back({std::move(name), std::move(value)});
    }

    // The value of the first field of that name, or null.
    const std::string* find(std::string_view name) const;
    std::size_t count(std::string_view name) const;

    auto begin() const { return list_.begin(); }
    auto end() const { return list_.end(); }

private:
    std::vector<field> list_;
};

} // namespace iothub::http_codec
