#include "emulator/core/transfers/line_splitter.hpp"

#include <vector>

#include "support/catch.hpp"

namespace iothub::core {

namespace {

// "1:a", "2:b"; a line that is too long as "1!".
std::vector<std::string> split(std::string_view text, std::size_t piece) {
    line_splitter lines;
    std::vector<std::string> all;
    const auto take = [&] {
        while (const auto line = lines.next()) {
            all.push_back(std::to_string(line->number) + (line->too_long ? "!" : ":" + line->text));
        }
    };
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
        lines.put(text.substr(0, piece));
        take();
    }
    lines.finish();
    take();
    return all;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("lines come out whole, however they are cut", "[transfers]") {
    const std::size_t piece = GENERATE(1u, 2u, 3u, 100u);
    CHECK((split("a\nbcd\ne\n", piece) == texts{"1:a", "2:bcd", "3:e"}));
    CHECK((split("a\nb", piece) == texts{"1:a", "2:b"}));
    CHECK((split("a\r\nb\r\n", piece) == texts{"1:a", "2:b"}));
    CHECK((split("\xef\xbb\xbf{}\n{}", piece) == texts{"1:{}", "2:{}"}));
    CHECK(split("", piece).empty());
}

TEST_CASE("blank lines are left out and counted", "[transfers]") {
    CHECK((split("\n \t\na\n\r\n\nb\n", 4) == texts{"3:a", "6:b"}));
}

TEST_CASE("a line that is too long is told once, and the next one is read", "[transfers]") {
    const std::string longest(line_splitter::max_line, 'x');
    const std::size_t piece = GENERATE(1u << 16, 1u << 22);
    CHECK((split("a\n" + longest + "xyz\nb\n", piece) == texts{"1:a", "2!", "3:b"}));
    CHECK((split(longest + longest + longest, piece) == texts{"1!"}));
    CHECK(split(longest + "\nb", piece).size() == 2);
    CHECK(split(longest + "\nb", piece).back() == "2:b");
}

} // namespace iothub::core
