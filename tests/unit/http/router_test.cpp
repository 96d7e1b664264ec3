#include "emulator/http/router.hpp"

#include "support/catch.hpp"

#include <array>

#include "emulator/http/routes.hpp"

using namespace iothub;
using namespace iothub::http;
using segments = std::vector<std::string>;

namespace {

constexpr std::array table{
    route{"GET", "/things", back_end(core::permission::registry_read), nullptr},
    route{"GET", "/things/{thing}", back_end(core::permission::registry_read), nullptr},
    route{"PUT", "/things/{thing}", back_end(core::permission::registry_write), nullptr},
    route{"GET", "/things/{thing}/parts/{part}", back_end(core::permission::registry_read),
          nullptr},
};

std::string found(std::string_view method, const segments& path) {
    const route_match match = find_route(table, method, path);
    if (match.found == nullptr) {
        return match.allowed.empty() ? "nothing" : "allowed: " + match.allowed;
    }
    std::string text(match.found->pattern);
    for (const auto& [name, value] : match.values) {
        text += " " + std::string(name) + "=" + value;
    }
    return text;
}

} // namespace

TEST_CASE("router: literals and placeholders") {
    CHECK(found("GET", {"things"}) == "/things");
    CHECK(found("GET", {"things", "a"}) == "/things/{thing} thing=a");
    CHECK(found("GET", {"things", "a", "parts", "b"}) ==
          "/things/{thing}/parts/{part} thing=a part=b");
}

TEST_CASE("router: literals match in any case, values keep theirs") {
    CHECK(found("GET", {"THINGS", "aB", "Parts", "Cd"}) ==
          "/things/{thing}/parts/{part} thing=aB part=Cd");
}

TEST_CASE("router: a known path with another method says what is allowed") {
    CHECK(found("DELETE", {"things", "a"}) == "allowed: GET, PUT");
    CHECK(found("get", {"things"}) == "allowed: GET");
    CHECK(find_route(table, "PUT", {"things", "a"}).found->who.needed ==
          core::permission::registry_write);
}

TEST_CASE("router: unknown paths") {
    CHECK(found("GET", {}) == "nothing");
    CHECK(found("GET", {"thing"}) == "nothing");
    CHECK(found("GET", {"things", ""}) == "nothing");
    CHECK(found("GET", {"things", "a", "parts"}) == "nothing");
    CHECK(found("GET", {"things", "a", "parts", "b", "c"}) == "nothing");
    CHECK(found("GET", {"things", "a", "", "b"}) == "nothing");
}

TEST_CASE("router: each row of the hub's table is found by its own pattern, and has a handler") {
    for (const route& row : routes()) {
        INFO(row.method << " " << row.pattern);
        segments path;
        for (std::string_view rest = row.pattern; !rest.empty();) {
            rest.remove_prefix(1);
            path.emplace_back(rest.substr(0, rest.find('/')));
            rest.remove_prefix(path.back().size());
        }
        CHECK(find_route(routes(), row.method, path).found == &row);
        CHECK(row.run != nullptr);
    }
}
