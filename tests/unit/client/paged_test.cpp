// Listings whose pages come from a script.

#include <iothub/paged.hpp>

#include <iterator>
#include <ranges>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/catch.hpp"

using iothub::page;
using iothub::paged;

namespace {

using numbers = std::vector<int>;

static_assert(std::ranges::input_range<paged<int>>);
static_assert(std::ranges::input_range<iothub::pages<int>>);

// Gives its pages one after the other, and remembers what it was asked with.
struct script {
    std::vector<page<int>> pages;
    int fails_at = -1; // the how manieth request is refused, from 0
    std::vector<std::string> asked{};
    std::size_t given = 0;

    paged<int> listing(const std::string& continuation = {}) {
        return paged<int>([this](const std::string& token) { return give(token); }, continuation);
    }

    page<int> give(const std::string& continuation) {
        asked.push_back(continuation);
        if (fails_at + 1 == static_cast<int>(asked.size())) {
            throw std::runtime_error("refused");
        }
        return pages.at(given++);
    }
};

numbers all_of(paged<int> listing) {
    numbers found;
    for (const int number : listing) {
        found.push_back(number);
    }
    return found;
}

} // namespace

TEST_CASE("a listing of nothing is empty") {
    script hub{.pages = {{}}};
    CHECK(all_of(hub.listing()).empty());
    CHECK(hub.asked == std::vector<std::string>{""});
}

TEST_CASE("a single page is asked for once") {
    script hub{.pages = {{{1, 2}, ""}}};
    CHECK(all_of(hub.listing()) == numbers{1, 2});
    CHECK(hub.asked == std::vector<std::string>{""});
}

TEST_CASE("pages follow one another by their tokens, also over empty ones") {
    script hub{.pages = {{{1, 2}, "a"}, {{}, "b"}, {{3}, "c"}, {{}, ""}}};
    CHECK(all_of(hub.listing()) == numbers{1, 2, 3});
    CHECK(hub.asked == std::vector<std::string>{"", "a", "b", "c"});
}

TEST_CASE("nothing is asked for before it is due") {
    script hub{.pages = {{{1, 2}, "a"}, {{3}, ""}}};
    auto listing = hub.listing();
    CHECK(hub.asked.empty());
    auto where = listing.begin();
    ++where;
    CHECK(*where == 2);
    CHECK(hub.asked.size() == 1);
    ++where;
    CHECK(*where == 3);
    CHECK(hub.asked.size() == 2);
}

TEST_CASE("a listing that is left early asks no further") {
    script hub{.pages = {{{1, 2}, "a"}, {{3}, ""}}};
    for (const int number : hub.listing()) {
        if (number == 2) {
            break;
        }
    }
    CHECK(hub.asked.size() == 1);
}

TEST_CASE("a listing goes on from a token") {
    script hub{.pages = {{{3}, ""}}};
    CHECK(all_of(hub.listing("a")) == numbers{3});
    CHECK(hub.asked == std::vector<std::string>{"a"});
}

TEST_CASE("an error at the first page is thrown by begin, which can be called again") {
    script hub{.pages = {{{1}, ""}}, .fails_at = 0};
    auto listing = hub.listing();
    CHECK_THROWS_WITH(listing.begin(), "refused");
    CHECK(*listing.begin() == 1);
}

TEST_CASE("an error at a later page is thrown when that is due, and the page can be asked again") {
    script hub{.pages = {{{1}, "a"}, {{2}, ""}}, .fails_at = 1};
    auto listing = hub.listing();
    auto where = listing.begin();
    CHECK(*where == 1);
    CHECK_THROWS_WITH(++where, "refused");
    CHECK_FALSE(where == listing.end());
    ++where;
    CHECK(*where == 2);
    ++where;
    CHECK(where == listing.end());
    CHECK(hub.asked == std::vector<std::string>{"", "a", "a"});
}

TEST_CASE("a listing outlives the range it was begun with") {
    script hub{.pages = {{{1}, "a"}, {{2}, ""}}};
    auto moved = std::make_unique<paged<int>>(hub.listing());
    auto where = moved->begin();
    moved.reset();
    ++where;
    CHECK(*where == 2);
}

TEST_CASE("pages can be had with their tokens, empty ones too") {
    script hub{.pages = {{{1, 2}, "a"}, {{}, "b"}, {{3}, ""}}};
    std::vector<std::string> tokens;
    std::vector<std::size_t> sizes;
    for (const auto& part : hub.listing().by_page()) {
        tokens.push_back(part.continuation);
        sizes.push_back(part.items.size());
    }
    CHECK(tokens == std::vector<std::string>{"a", "b", ""});
    CHECK(sizes == std::vector<std::size_t>{2, 0, 1});
}

TEST_CASE("there is one page at least, and an error leaves the one before") {
    script nothing{.pages = {{}}};
    auto empty = nothing.listing().by_page();
    auto only = empty.begin();
    REQUIRE_FALSE(only == empty.end());
    CHECK(only->items.empty());
    ++only;
    CHECK(only == empty.end());

    script hub{.pages = {{{1}, "a"}, {{2}, ""}}, .fails_at = 1};
    auto pages = hub.listing().by_page();
    auto where = pages.begin();
    CHECK_THROWS_WITH(++where, "refused");
    CHECK(where->items == numbers{1});
    ++where;
    CHECK(where->items == numbers{2});
}
