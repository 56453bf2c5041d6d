#pragma once
// What the cards of the demo data buy, honestly (demo_purchases.cpp) and not (demo_fraud.cpp).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dataset/demo_random.hpp"
#include "dataset/demo_world.hpp"

namespace mf::dataset {

/// The window that purchases fall into.
struct DemoCalendar {
  std::int64_t days = 0;
  std::int64_t first_weekday = 0;  ///< of day 0; 0 is Sunday
  [[nodiscard]] std::int64_t weekday(std::int64_t day) const { return (first_weekday + day) % 7; }
  [[nodiscard]] bool is_weekend(std::int64_t day) const { return weekday(day) == 0 || weekday(day) == 6; }
  [[nodiscard]] std::int64_t end() const { return days * kDay; }
};

/// One transaction. Times are seconds since the start of the window.
struct DemoPurchase {
  static constexpr std::int64_t kNoDevice = -1;

  std::int64_t second = 0;
  std::size_t card = 0;
  std::size_t merchant = 0;
  std::int64_t cents = 0;
  std::int64_t device_days = kNoDevice;  ///< since the device was first used with the card; kNoDevice in shops
  bool fraud = false;
  std::int64_t label_second = 0;  ///< when it becomes known whether it was fraud
};

/// The time when a card of this rhythm would buy something on `day`.
std::int64_t time_of_buying(Dice& dice, std::size_t rhythm, std::int64_t day);

/// What the holder of `card` would buy at `second`.
DemoPurchase everyday_purchase(Dice& dice, const DemoWorld& world, std::size_t card, std::int64_t second);

/// `count` honest purchases of all cards, in no order.
std::vector<DemoPurchase> everyday_purchases(Dice& dice, const DemoWorld& world, const DemoCalendar& calendar,
                                             std::int64_t count);

/// `count` fraudulent purchases, in no order: incidents on random cards, of patterns whose mix shifts with time.
std::vector<DemoPurchase> fraudulent_purchases(Dice& dice, const DemoWorld& world, const DemoCalendar& calendar,
                                               std::int64_t count);

}  // namespace mf::dataset
