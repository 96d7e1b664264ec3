#include "emulator/core/query/values/text_functions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "common/letter_case.hpp"

namespace iothub::core::query {

namespace {

bool begins_character(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

// Where the character at that position begins; the end of the text behind the last.
std::size_t byte_of(std::string_view text, std::size_t position) {
    std::size_t byte = 0;
    while (byte < text.size() && (position > 0 || !begins_character(text[byte]))) {
        ++byte;
        if (byte < text.size() && begins_character(text[byte])) {
            --position;
        }
    }
    return byte;
}

// A whole number from 0 to `most`.
std::optional<std::size_t> count_in(const value& v, std::size_t most) {
    const auto number = v.number();
    if (!number || !(*number >= 0) || *number > static_cast<double>(most) ||
        *number != std::floor(*number)) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(*number);
}

template <class Answer>
value of_two_texts(const arguments& given, Answer answer) {
    const std::string* const text = given[0].text();
    const std::string* const part = given[1].text();
    return text == nullptr || part == nullptr ? value() : value(json(answer(*text, *part)));
}

template <class Convert>
value converted(const arguments& given, Convert convert) {
    const std::string* const text = given[0].text();
    if (text == nullptr || text->size() > max_made_text) {
        return {};
    }
    std::string made(*text);
    std::ranges::transform(made, made.begin(), convert);
    return json(std::move(made));
}

char upper_case(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace

value starts_with(const arguments& given) {
    return of_two_texts(
        given, [](std::string_view text, std::string_view part) { return text.starts_with(part); });
}

value ends_with(const arguments& given) {
    return of_two_texts(
        given, [](std::string_view text, std::string_view part) { return text.ends_with(part); });
}

value contains(const arguments& given) {
    return of_two_texts(given, [](std::string_view text, std::string_view part) {
        return text.find(part) != text.npos;
    });
}

value concat(const arguments& given) {
    std::string whole;
    for (const value& v : given) {
        const std::string* const text = v.text();
        if (text == nullptr || text->size() > max_made_text - whole.size()) {
            return {};
        }
        whole += *text;
    }
    return json(std::move(whole));
}

value length(const arguments& given) {
    const std::string* const text = given[0].text();
    return text == nullptr ? value() : value(json(characters(*text)));
}

value lower(const arguments& given) {
    return converted(given, [](char c) { return lower_case(c); });
}

value upper(const arguments& given) {
    return converted(given, upper_case);
}

value substring(const arguments& given) {
    const std::string* const text = given[0].text();
    if (text == nullptr) {
        return {};
    }
    const std::size_t size = characters(*text);
    const auto from = count_in(given[1], size);
    if (!from) {
        return {};
    }
    const std::size_t most = size - *from;
    const auto count = given.size() > 2 ? count_in(given[2], most) : most;
    if (!count) {
        return {};
    }
    const std::size_t begin = byte_of(*text, *from);
    const std::size_t end = byte_of(*text, *from + *count);
    return end - begin > max_made_text ? value() : value(json(text->substr(begin, end - begin)));
}

value index_of(const arguments& given) {
    return of_two_texts(given, [](std::string_view text, std::string_view part) {
        const std::size_t byte = text.find(part);
        return byte == text.npos ? std::int64_t{-1}
                                 : static_cast<std::int64_t>(characters(text.substr(0, byte)));
    });
}

} // namespace iothub::core::query
