#include "emulator/http/api_version.hpp"

#include <charconv>
#include <chrono>

namespace iothub::http {

namespace {

// -1 where `digits` is not made of digits alone.
int read_number(std::string_view digits) {
    int value = -1;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = failure == std::errc() && end == digits.data() + digits.size();
    return whole ? value : -1;
}

} // namespace

bool is_known_api_version(std::string_view text) {
    if (text.ends_with("-preview")) {
        text.remove_suffix(8);
    }
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    const int year = read_number(text.substr(0, 4));
    const int month = read_number(text.substr(5, 2));
    const int day = read_number(text.substr(8, 2));
    if (year < 0 || month < 0 || day < 0) {
        return false;
    }
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                              std::chrono::day(unsigned(day))};
    constexpr year_month_day oldest{std::chrono::year(2016) / 11 / 14};
    return date.ok() && date >= oldest;
}

} // namespace iothub::http
