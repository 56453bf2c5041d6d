#include "dataset/demo_world.hpp"

namespace mf::dataset {
namespace {

constexpr std::int64_t kMerchants = 480;
constexpr std::array<std::int64_t, kCountries> kCountryShare = {30, 20, 14, 12, 9, 7, 5, 3};
constexpr std::array<std::int64_t, 9> kActivity = {2, 8, 16, 26, 38, 55, 80, 130, 320};
constexpr std::array<std::int64_t, 9> kSpending = {250, 430, 580, 720, 870, 1'050, 1'320, 1'800, 4'200};
constexpr std::array<std::int64_t, 9> kOnline = {20, 80, 140, 200, 260, 330, 420, 540, 850};
constexpr std::array<std::int64_t, 9> kCardAge = {3, 60, 170, 300, 450, 620, 820, 1'100, 1'800};
constexpr std::array<std::int64_t, 9> kDeviceAge = {0, 25, 70, 130, 200, 290, 400, 560, 1'000};
constexpr std::array<std::int64_t, 4> kRhythmShare = {45, 25, 22, 8};

DemoMerchant make_merchant(Dice& dice, std::size_t index) {
  std::array<std::int64_t, kDemoCategories.size()> shares{};
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = kDemoCategories[i].share;
  DemoMerchant merchant;
  merchant.category = dice.weighted(shares);
  const DemoCategory& category = kDemoCategories[merchant.category];
  merchant.country = index % kCountries;  // in turn, so that every country has shops and sites
  merchant.online = index < 4 * kCountries ? index / kCountries % 2 == 0 : dice.chance(category.online);
  merchant.price = category.price * dice.shaped(kSpending) / 1'000;
  return merchant;
}

void add_merchants(Dice& dice, DemoWorld& world) {
  for (std::size_t i = 0; i < kMerchants; ++i) {
    world.merchants.push_back(make_merchant(dice, i));
    const DemoMerchant& merchant = world.merchants.back();
    (merchant.online ? world.sites : world.shops)[merchant.country].push_back(i);
  }
}

DemoTrip plan_trip(Dice& dice, std::size_t home, std::int64_t days) {
  if (!dice.chance(180)) return {};
  const auto abroad = static_cast<std::size_t>(dice.between(1, kCountries - 1));
  const std::int64_t first = dice.below(days);
  return {(home + abroad) % kCountries, first, first + dice.between(2, 11)};
}

/// Favourites: shops in town, sites mostly of the own country.
void choose_favourites(Dice& dice, const DemoWorld& world, DemoCard& card) {
  for (std::int64_t n = dice.between(5, 14); n > 0; --n) card.shops.push_back(dice.one_of(world.shops[card.home]));
  for (std::int64_t n = dice.between(3, 8); n > 0; --n) {
    const std::size_t country = dice.chance(180) ? dice.weighted(kCountryShare) : card.home;
    card.sites.push_back(dice.one_of(world.sites[country]));
  }
}

DemoCard make_card(Dice& dice, const DemoWorld& world, std::int64_t days) {
  DemoCard card;
  card.home = dice.weighted(kCountryShare);
  card.activity = dice.shaped(kActivity);
  card.spending = dice.shaped(kSpending);
  card.rhythm = dice.weighted(kRhythmShare);
  card.online = dice.shaped(kOnline);
  card.age_days = dice.shaped(kCardAge);
  card.device_days = dice.shaped(kDeviceAge);
  card.trip = plan_trip(dice, card.home, days);
  choose_favourites(dice, world, card);
  return card;
}

}  // namespace

const std::array<std::array<std::int64_t, 24>, 4> kDemoRhythms = {{
    {2, 1, 1, 1, 1, 3, 10, 26, 30, 18, 16, 22, 48, 40, 18, 16, 24, 46, 52, 40, 28, 18, 10, 5},
    {3, 2, 1, 1, 1, 3, 8, 16, 32, 46, 52, 48, 40, 36, 38, 40, 38, 34, 28, 22, 16, 12, 8, 5},
    {12, 6, 3, 2, 1, 1, 3, 8, 14, 16, 18, 22, 26, 24, 22, 24, 28, 36, 46, 54, 56, 50, 38, 24},
    {40, 38, 32, 26, 20, 14, 10, 8, 8, 8, 10, 12, 14, 16, 18, 18, 20, 22, 26, 30, 34, 38, 42, 42},
}};

DemoWorld make_demo_world(Dice& dice, std::int64_t cards, std::int64_t days) {
  DemoWorld world;
  add_merchants(dice, world);
  for (std::int64_t i = 0; i < cards; ++i) world.cards.push_back(make_card(dice, world, days));
  return world;
}

}  // namespace mf::dataset
