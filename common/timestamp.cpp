#include "common/timestamp.hpp"

#include <charconv>
#include <cstdio>

namespace iothub {

namespace {

struct civil_time {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<ticks> time;
};

civil_time civil(timestamp time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    return {day, std::chrono::hh_mm_ss<ticks>(time - day)};
}

template <class... Args>
std::string print(const char* format, Args... args) {
    char text[48];
    const int length = std::snprintf(text, sizeof text, format, args...);
    return {text, static_cast<std::size_t>(length)};
}

std::string seconds_text(const civil_time& t) {
    return print("%04d-%02u-%02uT%02d:%02d:%02d", int(t.date.year()), unsigned(t.date.month()),
                 unsigned(t.date.day()), int(t.time.hours().count()), int(t.time.minutes().count()),
                 int(t.time.seconds().count()));
}

std::string fraction_text(const civil_time& t) {
    return print(".%07d", int(t.time.subseconds().count()));
}

// Takes exactly `digits` decimal digits from the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits || text.front() == '-') {
        return std::nullopt;
    }
    int value = 0;
    const char* end = text.data() + digits;
    if (std::from_chars(text.data(), end, value).ptr != end) {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    return value;
}

bool take_character(std::string_view& text, char c) {
    if (!text.starts_with(c)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<ticks> take_fraction(std::string_view& text) {
    ticks fraction{0};
    if (!take_character(text, '.')) {
        return fraction;
    }
    std::int64_t unit = 1'000'000;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        fraction += ticks{(text.front() - '0') * unit};
        unit /= 10;
        text.remove_prefix(1);
        ++digits;
    }
    return digits == 0 ? std::nullopt : std::optional(fraction);
}

std::optional<std::chrono::minutes> take_zone(std::string_view& text) {
    if (text.empty() || take_character(text, 'Z')) {
        return std::chrono::minutes{0};
    }
    const int sign = text.front() == '-' ? -1 : 1;
    if (text.front() != '-' && text.front() != '+') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const auto hours = take_number(text, 2);
    const bool colon = take_character(text, ':');
    const auto minutes = take_number(text, 2);
    if (!hours || !colon || !minutes || *hours > 14 || *minutes > 59) {
        return std::nullopt;
    }
    return std::chrono::minutes{sign * (*hours * 60 + *minutes)};
}

std::optional<timestamp> take_date(std::string_view& text) {
    const auto year = take_number(text, 4);
    const bool dash = take_character(text, '-');
    const auto month = take_number(text, 2);
    const bool second_dash = take_character(text, '-');
    const auto day = take_number(text, 2);
    if (!year || !dash || !month || !second_dash || !day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(unsigned(*month)),
                                           std::chrono::day(unsigned(*day))};
    return date.ok() ? std::optional<timestamp>(std::chrono::sys_days(date)) : std::nullopt;
}

std::optional<ticks> take_time_of_day(std::string_view& text) {
    const auto hour = take_number(text, 2);
    const bool colon = take_character(text, ':');
    const auto minute = take_number(text, 2);
    const bool second_colon = take_character(text, ':');
    const auto second = take_number(text, 2);
    if (!hour || !colon || !minute || !second_colon || !second || *hour > 23 || *minute > 59 ||
        *second > 59) {
        return std::nullopt;
    }
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

} // namespace

std::string iso_8601_without_zone(timestamp time) {
    const civil_time t = civil(time);
    std::string fraction = fraction_text(t);
    fraction.erase(fraction.find_last_not_of("0") + 1);
    return seconds_text(t) + (fraction == "." ? "" : fraction);
}

std::string iso_8601(timestamp time) {
    return iso_8601_without_zone(time) + "Z";
}

std::string iso_8601_round_trip(timestamp time) {
    const civil_time t = civil(time);
    return seconds_text(t) + fraction_text(t) + "Z";
}

std::string tracking_time(timestamp time) {
    const civil_time t = civil(time);
    return print("%02u/%02u/%04d %02d:%02d:%02d", unsigned(t.date.month()), unsigned(t.date.day()),
                 int(t.date.year()), int(t.time.hours().count()), int(t.time.minutes().count()),
                 int(t.time.seconds().count()));
}

std::int64_t dotnet_ticks(timestamp time) {
    return (time - never).count();
}

std::int64_t unix_seconds(timestamp time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

timestamp from_unix_seconds(std::int64_t seconds) {
    return timestamp(std::chrono::seconds(seconds));
}

std::optional<timestamp> parse_iso_8601(std::string_view text) {
    const auto date = take_date(text);
    const bool separator = take_character(text, 'T') || take_character(text, ' ');
    const auto time_of_day = take_time_of_day(text);
    if (!date || !separator || !time_of_day) {
        return std::nullopt;
    }
    const auto fraction = take_fraction(text);
    const auto zone = take_zone(text);
    if (!fraction || !zone || !text.empty()) {
        return std::nullopt;
    }
    return *date + *time_of_day + *fraction - *zone;
}

} // namespace iothub
