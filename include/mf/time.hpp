#pragma once
// Instants in UTC, and the clock that tells them.
//
// Room: the doorstep, open to every room.  No identity, order or verdict depends on a clock; readings are circumstance.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mf {

/// An instant: microseconds since 1970-01-01T00:00:00Z, years 0001 to 9999.
struct UtcTime {
  std::int64_t microseconds = 0;
  auto operator<=>(const UtcTime&) const = default;
};

constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;
constexpr std::int64_t kMicrosecondsPerDay = 86'400 * kMicrosecondsPerSecond;

/// Reads an RFC 3339 instant: `2026-02-10T00:00:00Z`, up to 9 fractional digits (cut to microseconds), offset `Z` or
/// `+hh:mm`. Nothing when the text is anything else: a date alone or a time without offset names no instant.
std::optional<UtcTime> parse_utc(std::string_view text);

/// Writes `2026-02-10T00:00:00Z`, with six fractional digits only when they are not zero. Inverse of parse_utc.
std::string to_string(UtcTime time);

/// Tells the time. The program has one (SystemClock); tests turn theirs by hand.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual UtcTime now() const = 0;
};

/// The machine's clock.
class SystemClock : public Clock {
 public:
  [[nodiscard]] UtcTime now() const override;
};

}  // namespace mf
