#pragma once
// Points in time as the hub writes them: UTC in ticks of 100 ns, .NET's unit (specification §1.1).

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>

namespace iothub {

using ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
using timestamp = std::chrono::sys_time<ticks>;

// 0001-01-01T00:00:00Z, .NET's default: "this never happened".
inline constexpr timestamp never = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);

// "2020-07-28T22:17:23.785061Z": the fraction is trimmed of trailing zeros and absent when zero.
std::string iso_8601(timestamp time);

// "0001-01-01T00:00:00": as iso_8601 without the Z; the answer to an identity's creation has it so.
std::string iso_8601_without_zone(timestamp time);

// "2020-07-28T22:17:23.7850610Z": seven digits always, the .NET "o" format.
std::string iso_8601_round_trip(timestamp time);

// "08/20/2020 22:05:30", as tracking ids carry it.
std::string tracking_time(timestamp time);

// 100 ns since 0001-01-01: what a generation id is made of.
std::int64_t dotnet_ticks(timestamp time);

std::int64_t unix_seconds(timestamp time);
timestamp from_unix_seconds(std::int64_t seconds);

// Reads what iso_8601 and the SDKs write; the zone may be Z, +hh:mm or absent (UTC).
std::optional<timestamp> parse_iso_8601(std::string_view text);

} // namespace iothub
