#include "dataset/demo_purchases.hpp"

#include <algorithm>

namespace mf::dataset {
namespace {

constexpr std::array<std::int64_t, 11> kTicket = {80, 260, 400, 540, 690, 850, 1'050, 1'320, 1'750, 2'600, 9'000};
constexpr std::int64_t kSmallestTicket = 50;
constexpr std::int64_t kUndisputed = 20 * kDay;  // an undisputed purchase counts as honest after this time
constexpr std::int64_t kQueried = 35 * kDay;     // one that was queried, after this
constexpr std::array<std::int64_t, 7> kWeekdayShare = {11, 9, 9, 10, 10, 13, 14};

/// Picks indices by weight, many times over: the weights are summed once.
class Lottery {
 public:
  void add(std::int64_t weight) { ends_.push_back((ends_.empty() ? 0 : ends_.back()) + weight); }
  [[nodiscard]] std::size_t draw(Dice& dice) const {
    const auto end = std::upper_bound(ends_.begin(), ends_.end(), dice.below(ends_.back()));
    return static_cast<std::size_t>(end - ends_.begin());
  }

 private:
  std::vector<std::int64_t> ends_;
};

Lottery lottery_of_cards(const DemoWorld& world) {
  Lottery lottery;
  for (const auto& card : world.cards) lottery.add(card.activity);
  return lottery;
}

Lottery lottery_of_days(const DemoCalendar& calendar) {
  Lottery lottery;
  for (std::int64_t day = 0; day < calendar.days; ++day) {
    lottery.add(kWeekdayShare[static_cast<std::size_t>(calendar.weekday(day))]);
  }
  return lottery;
}

bool is_abroad(const DemoCard& card, std::int64_t day) {
  return card.trip.first_day <= day && day <= card.trip.last_day;
}

std::size_t choose_shop(Dice& dice, const DemoWorld& world, const DemoCard& card, std::int64_t day) {
  if (is_abroad(card, day)) return dice.one_of(world.shops[card.trip.country]);
  return dice.one_of(dice.chance(720) ? card.shops : world.shops[card.home]);
}

std::size_t choose_site(Dice& dice, const DemoWorld& world, const DemoCard& card) {
  if (dice.chance(720)) return dice.one_of(card.sites);
  const auto country = static_cast<std::size_t>(dice.below(kCountries));
  return dice.one_of(world.sites[dice.chance(200) ? country : card.home]);
}

std::int64_t device_of(Dice& dice, const DemoCard& card, std::int64_t day) {
  return dice.chance(35) ? dice.between(0, 3) : card.device_days + day;
}

}  // namespace

std::int64_t time_of_buying(Dice& dice, std::size_t rhythm, std::int64_t day) {
  const auto hour = static_cast<std::int64_t>(dice.weighted(kDemoRhythms[rhythm]));
  return day * kDay + hour * kHour + dice.below(kHour);
}

DemoPurchase everyday_purchase(Dice& dice, const DemoWorld& world, std::size_t card, std::int64_t second) {
  const DemoCard& holder = world.cards[card];
  const std::int64_t day = second / kDay;
  const bool online = dice.chance(holder.online);
  DemoPurchase purchase{.second = second, .card = card};
  purchase.merchant = online ? choose_site(dice, world, holder) : choose_shop(dice, world, holder, day);
  if (online) purchase.device_days = device_of(dice, holder, day);
  const std::int64_t usual = world.merchants[purchase.merchant].price * holder.spending / 1'000;
  purchase.cents = std::max(kSmallestTicket, usual * dice.shaped(kTicket) / 1'000);
  purchase.label_second = second + (dice.chance(10) ? kQueried : kUndisputed);
  return purchase;
}

std::vector<DemoPurchase> everyday_purchases(Dice& dice, const DemoWorld& world, const DemoCalendar& calendar,
                                             std::int64_t count) {
  const Lottery cards = lottery_of_cards(world);
  const Lottery days = lottery_of_days(calendar);
  std::vector<DemoPurchase> purchases;
  while (static_cast<std::int64_t>(purchases.size()) < count) {
    const std::size_t card = cards.draw(dice);
    const auto day = static_cast<std::int64_t>(days.draw(dice));
    std::int64_t second = time_of_buying(dice, world.cards[card].rhythm, day);
    do {  // one thing leads to another: a round of shopping
      purchases.push_back(everyday_purchase(dice, world, card, second));
      second += dice.between(90, 4'500);
    } while (dice.chance(240) && second < calendar.end());
  }
  purchases.resize(static_cast<std::size_t>(count));
  return purchases;
}

}  // namespace mf::dataset
