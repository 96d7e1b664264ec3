#include "emulator/core/query/syntax/lexer.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "emulator/core/query/syntax/number_literal.hpp"
#include "emulator/core/query/syntax/string_literal.hpp"
#include "emulator/core/query/syntax/syntax_error.hpp"

namespace iothub::core::query {

namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool begins_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

constexpr bool continues_word(char c) {
    return begins_word(c) || is_digit(c);
}

constexpr bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class lexer {
public:
    explicit lexer(std::string_view text)
        : text_(text) {}

    result<std::vector<token>> run() {
        while (skip_space() && at_ < text_.size()) {
            if (!read_token()) {
                break;
            }
        }
        if (failure_) {
            return std::move(*failure_);
        }
        add(token_kind::end, 0);
        return std::move(tokens_);
    }

private:
    bool read_token() {
        const char c = text_[at_];
        if (begins_word(c) || (is_digit(c) && behind_dot())) {
            return add(token_kind::word, word_length());
        }
        if (is_digit(c) || (c == '.' && is_digit(char_at(at_ + 1)) && !behind_name())) {
            return read_number();
        }
        if (c == '\'' || c == '"') {
            return read_string();
        }
        return rest().starts_with("[[") ? read_quoted_name() : read_symbol();
    }

    std::size_t word_length() const {
        std::size_t end = at_ + 1;
        while (continues_word(char_at(end)) ||
               (char_at(end) == '-' && (continues_word(char_at(end + 1))))) {
            ++end;
        }
        return end - at_;
    }

    bool read_number() {
        const number_literal number = read_number_literal(rest());
        if (number.length == 0 || continues_word(char_at(at_ + number.length))) {
            return fail("A number is not well formed", rest().substr(0, word_length()));
        }
        return add(token_kind::number, number.length, number.value);
    }

    bool read_string() {
        string_literal string = read_string_literal(rest());
        if (!string.fault.empty()) {
            return fail(string.fault, rest().substr(string.length));
        }
        return add(token_kind::string, string.length, std::move(string.value));
    }

    bool read_quoted_name() {
        const std::size_t end = rest().find("]]");
        if (end == std::string_view::npos) {
            return fail("A name in [[ ]] does not end", rest());
        }
        return end == 2 ? fail("A name in [[ ]] is empty", rest().substr(0, 4))
                        : add(token_kind::quoted_name, end + 2);
    }

    bool read_symbol() {
        static constexpr std::array<std::string_view, 20> symbols{
            "<>", "<=", ">=", "!=", "||", "??", "(", ")", "[", "]",
            ",",  ".",  "=",  "<",  ">",  "+",  "-", "*", "/", "%"};
        if (rest().starts_with("--")) {
            return fail("A comment is written /* */, two minus signs are written apart,",
                        rest().substr(0, 2));
        }
        for (const std::string_view symbol : symbols) {
            if (rest().starts_with(symbol)) {
                return add(token_kind::symbol, symbol.size());
            }
        }
        return fail(text_[at_] == ';' ? "A semicolon is not part of the query language"
                                      : "A character is not part of the query language",
                    rest().substr(0, 1));
    }

    // False where a comment does not end.
    bool skip_space() {
        while (is_space(char_at(at_)) || rest().starts_with("/*")) {
            if (is_space(text_[at_])) {
                ++at_;
                continue;
            }
            const std::size_t end = rest().find("*/", 2);
            if (end == std::string_view::npos) {
                return fail("A comment does not end", rest());
            }
            at_ += end + 2;
        }
        return true;
    }

    bool behind_dot() const {
        return !tokens_.empty() && tokens_.back().text == "." &&
               tokens_.back().kind == token_kind::symbol;
    }

    // A dot goes on with a path here.
    bool behind_name() const {
        return !tokens_.empty() &&
               (tokens_.back().kind == token_kind::word ||
                tokens_.back().kind == token_kind::quoted_name || tokens_.back().text == "]");
    }

    bool add(token_kind kind, std::size_t length, json value = nullptr) {
        tokens_.push_back({kind, text_.substr(at_, length), std::move(value)});
        at_ += length;
        return true;
    }

    bool fail(std::string_view what, std::string_view near) {
        failure_ = syntax_error(what, text_, near);
        return false;
    }

    std::string_view rest() const { return text_.substr(at_); }
    char char_at(std::size_t index) const { return index < text_.size() ? text_[index] : '\0'; }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<token> tokens_;
    std::optional<error> failure_;
};

} // namespace

result<std::vector<token>> tokenize(std::string_view text) {
    return lexer(text).run();
}

} // namespace iothub::core::query
