#pragma once
// Writes compact JSON text without building a document first: for what is written often, the
// identities of the registry and whatever to_text() is asked for (decision 008). What it writes is,
// byte for byte, what nlohmann's dump() makes of the same values. Who calls it sees to it that what
// is opened is closed, and names members once.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace iothub {

class json_writer {
public:
    json_writer& begin_object() { return open('{'); }
    json_writer& end_object() { return close('}'); }
    json_writer& begin_array() { return open('['); }
    json_writer& end_array() { return close(']'); }

    // The name of the member whose value comes next.
    json_writer& key(std::string_view name);

    json_writer& value(std::string_view text);
    json_writer& value(const char* text) { return value(std::string_view(text)); }
    json_writer& value(const std::string& text) { return value(std::string_view(text)); }
    json_writer& value(const std::optional<std::string>& text_or_null);
    json_writer& value(std::same_as<bool> auto truth) { return raw(truth ? "true" : "false"); }
    json_writer& value(std::signed_integral auto number) { return integer(number); }
    json_writer& value(std::unsigned_integral auto number)
        requires(!std::same_as<decltype(number), bool>)
    {
        return natural(number);
    }

    // A value that is JSON text already.
    json_writer& raw(std::string_view text);

    template <class Value>
    json_writer& member(std::string_view name, const Value& v) {
        return key(name).value(v);
    }

    std::string take() { return std::move(text_); }

private:
    json_writer& open(char bracket);
    json_writer& close(char bracket);
    json_writer& integer(std::int64_t number);
    json_writer& natural(std::uint64_t number);
    void separate();
    void quote(std::string_view text);

    std::string text_;
    bool follows_value_ = false; // in the same object or array
};

} // namespace iothub
