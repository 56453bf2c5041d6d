#pragma once
// Who buys and where: the cards and merchants of the demo data.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dataset/demo_random.hpp"

namespace mf::dataset {

constexpr std::int64_t kHour = 3'600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::size_t kCountries = 8;

/// A kind of merchant.
struct DemoCategory {
  std::string_view name;
  std::int64_t share;          ///< of the merchants, as a weight
  std::int64_t online;         ///< permille of its merchants that sell online
  std::int64_t price;          ///< typical, in cents
  std::int64_t test_appeal;    ///< to those who test stolen cards, as a weight
  std::int64_t resale_appeal;  ///< to those who turn a stolen card into money, as a weight
};

constexpr std::array<DemoCategory, 14> kDemoCategories = {{
    {"grocery", 16, 60, 3'400, 0, 2},
    {"fuel", 8, 0, 4'800, 0, 5},
    {"restaurant", 14, 80, 2'600, 0, 1},
    {"transport", 8, 450, 900, 1, 1},
    {"pharmacy", 6, 120, 2'100, 0, 1},
    {"fashion", 9, 420, 6'200, 0, 5},
    {"electronics", 6, 520, 14'500, 0, 9},
    {"home", 7, 300, 8'800, 0, 2},
    {"travel", 5, 850, 21'000, 0, 5},
    {"entertainment", 6, 500, 3'200, 1, 1},
    {"utilities", 4, 900, 6'800, 0, 0},
    {"digital_goods", 5, 1'000, 700, 6, 2},
    {"gaming", 4, 1'000, 1'500, 4, 3},
    {"gift_cards", 2, 800, 5'000, 3, 9},
}};

struct DemoMerchant {
  std::size_t category = 0;
  std::size_t country = 0;
  bool online = false;
  std::int64_t price = 0;  ///< typical, in cents
};

/// Days abroad, counted from the start of the window; an empty span for those who stay at home.
struct DemoTrip {
  std::size_t country = 0;
  std::int64_t first_day = 0, last_day = -1;
};

struct DemoCard {
  std::size_t home = 0;
  std::int64_t activity = 0;     ///< how much of all buying is this card's, as a weight
  std::int64_t spending = 0;     ///< permille of a merchant's typical price
  std::size_t rhythm = 0;        ///< which hours it buys at: a row of kDemoRhythms
  std::int64_t online = 0;       ///< permille of its purchases
  std::int64_t age_days = 0;     ///< at the start of the window
  std::int64_t device_days = 0;  ///< of its usual device, at the start of the window
  DemoTrip trip;
  std::vector<std::size_t> shops, sites;  ///< favourite merchants, in town and online
};

struct DemoWorld {
  std::vector<DemoMerchant> merchants;
  std::vector<DemoCard> cards;
  std::array<std::vector<std::size_t>, kCountries> shops, sites;  ///< merchants by country
};

/// Weight of each hour of a day, for office people, people at home, evening people and night people.
extern const std::array<std::array<std::int64_t, 24>, 4> kDemoRhythms;

/// A world with `cards` cards whose trips fall into `days` days.
DemoWorld make_demo_world(Dice& dice, std::int64_t cards, std::int64_t days);

}  // namespace mf::dataset
