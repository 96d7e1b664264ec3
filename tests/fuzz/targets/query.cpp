#include <array>
#include <cstdlib>
#include <optional>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/utf8.hpp"
#include "emulator/core/query/evaluation.hpp"
#include "emulator/core/query/query_service.hpp"
#include "emulator/core/query/twin_row.hpp"
#include "emulator/core/twins/twin_document.hpp"
#include "fuzz/fuzzing.hpp"
#include "support/memory_hub.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace query = iothub::core::query;

namespace {

constexpr std::array twins{
    R"({"tags":{"a":"a","n":3,"on":true,"b":-1.5,"list":[1,2],"location":{"region":"US"}},
        "properties":{"desired":{"x":1,"deep":{"er":null}}}})",
    R"({"tags":{"a":"b","n":-0.0,"on":false,"location":{"region":"EU"}}})",
    R"({"tags":{"n":4503599627370495,"a":"\u20ac\u0301"},"properties":{"desired":{"x":[{"y":1}]}}})",
    R"({})",
};

// Some devices with modules. It lasts, and nothing that is asked changes it.
struct registry : test::memory_hub {
    registry() {
        for (std::size_t i = 0; i < twins.size(); ++i) {
            const std::string id = "d" + std::to_string(i);
            const auto change = core::read_twin_change(parse_json(twins[i]).value()).value();
            for (const identity_key& key : {identity_key{id, ""}, {id, "m"}}) {
                create(key);
                hub.twins().patch(key, change, {}).value();
            }
        }
        hub.twins().report({"d0", ""}, parse_json(R"({"x":61,"y":{"z":"t"}})").value(), {}).value();
        hub.end_turn();
    }

    std::vector<identity_key> keys(query::collection of) {
        std::vector<identity_key> all;
        for (std::size_t i = 0; i < twins.size(); ++i) {
            all.push_back({"d" + std::to_string(i), of == query::collection::devices ? "" : "m"});
        }
        return all;
    }
};

// What a condition selects, looked at one by one.
std::string selected_plainly(registry& in, const query::condition& what) {
    std::string found;
    for (const identity_key& key : in.keys(what.from)) {
        const query::twin_row row(in.store, in.hub.identities(),
                                  in.store.find_identity(key).value());
        found += query::selects(what.where, row) ? key.text() + " " : "";
    }
    return found;
}

// Likewise by the access path that the hub chooses.
std::string selected(registry& in, const query::condition& what) {
    const auto scan = in.hub.queries().select(what);
    std::string found;
    const auto take = [&](const query::twin_row& row) {
        found += row.key().text() + " ";
        return true;
    };
    while (scan->read(3, take)) {
    }
    return found;
}

// The place that a mistake is told with lies in the text or right behind it. What stands near it is
// told as well, and may look like a place.
bool tells_place(const error& e, std::string_view text) {
    constexpr std::string_view at = " at character ";
    bool told = false;
    for (auto found = e.message.find(at); found != e.message.npos;
         found = e.message.find(at, found + 1)) {
        const auto place = std::strtoul(e.message.c_str() + found + at.size(), nullptr, 10);
        if (place >= 1 && place <= text.size() + 1) {
            return true;
        }
        told = true;
    }
    return !told;
}

void check_mistake(const error& e, std::string_view text) {
    require(e.code == errc::argument_invalid, "a mistake is the asker's");
    require(
        e.message.size() < 256 &&
            std::ranges::all_of(e.message, [](char c) { return c >= ' ' && c <= '~' && c != ';'; }),
        "a mistake is told in one short line: " + e.message);
    require(tells_place(e, text), "its place is in the text: " + e.message);
}

void check_condition(registry& in, std::string_view text) {
    const auto read = query::parse_condition(text);
    if (!read) {
        check_mistake(read.error(), text);
        return;
    }
    require_equal(selected(in, *read), selected_plainly(in, *read),
                  "the access path changes nothing");
}

query::page next_page(registry& in, std::string_view text, const std::string& continuation) {
    static constexpr int enough = 1'000;
    std::optional<result<query::page>> answer;
    in.hub.queries().run({std::string(text), 3, continuation},
                         [&](auto outcome) { answer = std::move(outcome); });
    for (int turns = 0; !answer; ++turns) {
        require(turns < enough, "a query ends");
        in.hub.advance();
        in.hub.end_turn();
    }
    require(answer->has_value(), "what can be read can be run");
    return *std::move(*answer);
}

// All pages; a row at least on each but the last.
std::size_t count_rows(registry& in, std::string_view text) {
    std::size_t rows = 0;
    query::page page;
    do {
        page = next_page(in, text, page.continuation);
        require(page.rows.size() <= 3, "a page is no larger than asked for");
        parse_json(to_text(page.rows)).value();
        rows += page.rows.size();
        require(rows <= 2 * twins.size(), "rows come once");
    } while (!page.continuation.empty());
    return rows;
}

void check_statement(registry& in, std::string_view text) {
    const auto read = query::parse_statement(text);
    if (!read) {
        check_mistake(read.error(), text);
        return;
    }
    const std::size_t rows = count_rows(in, text);
    if (read->columns.empty() && !read->top && read->group_by.empty() &&
        read->from != query::collection::jobs) {
        std::size_t plainly = 0;
        for (const char c : selected_plainly(in, {read->from, read->where, read->terms})) {
            plainly += c == ' ' ? 1 : 0;
        }
        require(rows == plainly, "all that are selected are shown");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static registry in;
    const std::string_view text = text_of(bytes, size);
    if (is_utf8(text)) { // as all text of a body is
        check_condition(in, text);
        check_statement(in, text);
    } else {
        query::parse_condition(text);
        query::parse_statement(text);
    }
    return 0;
}
