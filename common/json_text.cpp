#include "common/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/json.hpp"
#include "common/json_writer.hpp"

namespace iothub {

namespace {

// Builds the document. Members are appended without a search, and an index finds a repeated name,
// so that a large flat object costs no more than its size.
class builder : public nlohmann::json_sax<json> {
public:
    builder(std::string_view text, json_limits limits)
        : text_(text)
        , limits_(limits) {}

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t& digits) override {
        if (digits.find_first_of(".eE") == digits.npos) {
            return refuse(
                "The JSON holds an integer that is out of range: 64 bits cannot hold it.");
        }
        return add(value);
    }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        open_value& object = open_.back();
        auto& members = object.value.get_ref<json::object_t&>();
        const auto [known, is_new] = object.index.try_emplace(name, members.size());
        if (is_new) {
            static_cast<std::vector<json::object_t::value_type>&>(members).emplace_back(name,
                                                                                        nullptr);
        }
        object.member = known->second;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& failure) override {
        const std::string_view what = failure.what();
        const std::size_t reason = what.rfind("; ");
        const bool too_large = what.find("out_of_range") != what.npos;
        return reject(position, too_large             ? "the number is out of range"
                                : reason == what.npos ? "syntax error"
                                                      : readable(what.substr(reason + 2)));
    }

    // What the reader itself would let pass: it skips a byte order mark and ends at a NUL.
    bool admits_text() {
        if (text_.starts_with("\xef\xbb\xbf")) {
            return reject(1, "a byte order mark is not allowed");
        }
        const std::size_t nul = text_.find('\0');
        return nul == text_.npos || reject(nul + 1, "a NUL is not allowed");
    }

    json root;

    const std::string& fault() const { return fault_; }

private:
    struct open_value {
        json value;
        std::unordered_map<std::string, std::size_t> index; // object: name to position
        std::size_t member = 0;                             // object: where the next value goes
    };

    bool count_value() {
        return ++count_ <= limits_.values ||
               refuse(fmt::format("The JSON has over {} values.", limits_.values));
    }

    bool add(json value) {
        if (!count_value()) {
            return false;
        }
        place_value(std::move(value));
        return true;
    }

    bool open(json container) {
        if (open_.size() >= limits_.depth) {
            return refuse(fmt::format("The JSON nests deeper than {} levels.", limits_.depth));
        }
        if (!count_value()) {
            return false;
        }
        open_.push_back({std::move(container), {}, 0});
        return true;
    }

    bool close() {
        json finished = std::move(open_.back().value);
        open_.pop_back();
        place_value(std::move(finished));
        return true;
    }

    void place_value(json value) {
        if (open_.empty()) {
            root = std::move(value);
        } else if (open_value& parent = open_.back(); parent.value.is_array()) {
            parent.value.push_back(std::move(value));
        } else {
            auto member = parent.value.get_ref<json::object_t&>().begin() +
                          static_cast<std::ptrdiff_t>(parent.member);
            member->second = std::move(value);
        }
    }

    bool refuse(std::string fault) {
        fault_ = std::move(fault);
        return false;
    }

    bool reject(std::size_t position, std::string_view reason) {
        return refuse(
            fmt::format("The JSON is not well formed at {}: {}", place(position), reason));
    }

    std::string place(std::size_t position) const {
        const std::string_view before =
            text_.substr(0, position == 0 ? 0 : std::min(position - 1, text_.size()));
        const auto line = std::ranges::count(before, '\n') + 1;
        const std::size_t line_start = before.rfind('\n');
        const std::size_t column =
            before.size() - (line_start == before.npos ? 0 : line_start + 1) + 1;
        return fmt::format("line {}, column {}", line, column);
    }

    // The message quotes what may be no UTF-8 and goes into bodies, headers and logs: one line of
    // ASCII, bounded.
    static std::string readable(std::string_view reason) {
        std::string text(reason.substr(0, 160));
        std::ranges::replace_if(
            text,
            [](char c) { return c == ';' || c == 0x7f || static_cast<signed char>(c) < 0x20; },
            ' ');
        return text;
    }

    std::string_view text_;
    json_limits limits_;
    std::vector<open_value> open_;
    std::size_t count_ = 0;
    std::string fault_;
};

bool read(std::string_view text, bool comments, builder& into) {
    constexpr bool to_the_end = true;
    return json::sax_parse(text.begin(), text.end(), &into, json::input_format_t::json, to_the_end,
                           comments);
}

void write(json_writer& to, const json& value);

void write_members(json_writer& to, const json& object) {
    to.begin_object();
    for (const auto& [name, value] : object.get_ref<const json::object_t&>()) {
        to.key(name);
        write(to, value);
    }
    to.end_object();
}

void write_elements(json_writer& to, const json& array) {
    to.begin_array();
    for (const json& element : array) {
        write(to, element);
    }
    to.end_array();
}

void write(json_writer& to, const json& value) {
    switch (value.type()) {
    case json::value_t::object:
        return write_members(to, value);
    case json::value_t::array:
        return write_elements(to, value);
    case json::value_t::string:
        to.value(value.get_ref<const std::string&>());
        break;
    case json::value_t::number_integer:
        to.value(value.get<std::int64_t>());
        break;
    case json::value_t::number_unsigned:
        to.value(value.get<std::uint64_t>());
        break;
    default:
        to.raw(value.dump());
    }
}

} // namespace

result<json> parse_json(std::string_view text, json_limits limits) {
    builder b(text, limits);
    if (!b.admits_text() || !read(text, limits.comments, b)) {
        return error{errc::argument_invalid, b.fault(), ""};
    }
    return result<json>(std::move(b.root));
}

std::string to_text(const json& value) {
    json_writer text;
    write(text, value);
    return text.take();
}

} // namespace iothub
