#include "common/timestamp.hpp"

#include <charconv>

#include "common/digits.hpp"

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

void put_year(std::string& text, const civil_time& t) {
    const int year = static_cast<int>(t.date.year());
    if (year >= 0 && year <= 9999) {
        append_digits(text, year, 4);
    } else {
        text += std::to_string(year);
    }
}

void put_time_of_day(std::string& text, const civil_time& t) {
    append_digits(text, t.time.hours().count(), 2);
    text += ':';
    append_digits(text, t.time.minutes().count(), 2);
    text += ':';
    append_digits(text, t.time.seconds().count(), 2);
}

std::string seconds_text(const civil_time& t) {
    std::string text;
    text.reserve(sizeof "2020-08-20T22:05:30.1234567Z");
    put_year(text, t);
    text += '-';
    append_digits(text, static_cast<unsigned>(t.date.month()), 2);
    text += '-';
    append_digits(text, static_cast<unsigned>(t.date.day()), 2);
    text += 'T';
    put_time_of_day(text, t);
    return text;
}

void put_fraction(std::string& text, const civil_time& t) {
    text += '.';
    append_digits(text, t.time.subseconds().count(), 7);
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
    std::string text = seconds_text(t);
    if (t.time.subseconds().count() != 0) {
        put_fraction(text, t);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

std::string iso_8601(timestamp time) {
    std::string text = iso_8601_without_zone(time);
    text += 'Z';
    return text;
}

std::string iso_8601_round_trip(timestamp time) {
    const civil_time t = civil(time);
    std::string text = seconds_text(t);
    put_fraction(text, t);
    text += 'Z';
    return text;
}

std::string tracking_time(timestamp time) {
    const civil_time t = civil(time);
    std::string text;
    append_digits(text, static_cast<unsigned>(t.date.month()), 2);
    text += '/';
    append_digits(text, static_cast<unsigned>(t.date.day()), 2);
    text += '/';
    put_year(text, t);
    text += ' ';
    put_time_of_day(text, t);
    return text;
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
