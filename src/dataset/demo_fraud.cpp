#include <algorithm>
#include <array>

#include "dataset/demo_purchases.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kThief = 3;  // the rhythm that fraud keeps: nights
constexpr std::array<std::int64_t, 6> kReportDelay = {1 * kDay, 3 * kDay, 6 * kDay, 10 * kDay, 16 * kDay, 25 * kDay};
constexpr std::array<std::int64_t, 6> kHaul = {900, 1'600, 2'400, 3'400, 5'200, 11'000};
constexpr std::array<std::int64_t, 6> kTakeoverTicket = {600, 1'100, 1'600, 2'300, 3'400, 7'000};

/// The ways a card is misused.
enum class Pattern : std::uint8_t { card_testing, stolen_card, account_takeover, like_any_other };

/// How often incidents of a pattern happen, as weights at the start and at the end of the window.
struct Drift {
  std::int64_t first, last;
};
constexpr std::array<Drift, 4> kDrift = {{{44, 34}, {22, 20}, {24, 34}, {8, 12}}};

/// One misused card, from the first charge to the last.
class Incident {
 public:
  Incident(Dice& dice, const DemoWorld& world, std::size_t card, std::int64_t second, std::int64_t lateness)
      : dice_(dice), world_(world), card_(card), victim_(world.cards[card]), second_(second), lateness_(lateness) {}

  std::vector<DemoPurchase> play() {
    switch (choose_pattern()) {
      case Pattern::card_testing:
        test_card();
        break;
      case Pattern::stolen_card:
        go_on_a_spree();
        break;
      case Pattern::account_takeover:
        take_over_account();
        break;
      case Pattern::like_any_other:
        buy_like_the_holder();
        break;
    }
    return std::move(charges_);
  }

 private:
  [[nodiscard]] std::int64_t drifted(std::int64_t first, std::int64_t last) const {
    return first + (last - first) * lateness_ / 1'000;
  }

  Pattern choose_pattern() {
    std::array<std::int64_t, kDrift.size()> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = drifted(kDrift[i].first * 100, kDrift[i].last * 100);
    return static_cast<Pattern>(dice_.weighted(weights));
  }

  /// Small charges to see whether the card works, then large ones. Late testers are patient.
  void test_card() {
    for (std::int64_t n = dice_.between(2, 4); n > 0; --n) {
      charge(site(&DemoCategory::test_appeal, 600), dice_.between(50, drifted(499, 999)), drifted(850, 600));
      second_ += dice_.between(30, drifted(500, 2'400));
    }
    second_ += dice_.between(60, drifted(3'600, 14'400));
    for (std::int64_t n = dice_.between(1, 4); n > 0; --n) {
      haul(site(&DemoCategory::resale_appeal, drifted(650, 450)), kHaul, drifted(850, 600));
      second_ += dice_.between(120, 3'000);
    }
  }

  /// Shops near the holder's home, one after the other, until the card is blocked.
  void go_on_a_spree() {
    for (std::int64_t n = dice_.between(2, 6); n > 0; --n) {
      const std::size_t country = country_of_spree();
      haul(by_appeal(world_.shops[country], &DemoCategory::resale_appeal), kTakeoverTicket, 0);
      second_ += dice_.between(240, 3'600);
    }
  }

  /// A few purchases online over a day or two, often from a device that looks like the holder's.
  void take_over_account() {
    for (std::int64_t n = dice_.between(1, 4); n > 0; --n) {
      haul(site(&DemoCategory::resale_appeal, 300), kTakeoverTicket, drifted(800, 600));
      second_ += dice_.between(600, 50'000);
    }
  }

  void buy_like_the_holder() {
    const DemoPurchase ordinary = everyday_purchase(dice_, world_, card_, second_);
    keep(ordinary);
  }

  std::size_t country_of_spree() {
    return dice_.chance(250) ? static_cast<std::size_t>(dice_.below(kCountries)) : victim_.home;
  }

  std::size_t site(std::int64_t DemoCategory::*appeal, std::int64_t abroad_permille) {
    const auto elsewhere = (victim_.home + static_cast<std::size_t>(dice_.between(1, kCountries - 1))) % kCountries;
    return by_appeal(world_.sites[dice_.chance(abroad_permille) ? elsewhere : victim_.home], appeal);
  }

  /// A merchant out of `pool`, sooner one whose category appeals. A pool without any gives any merchant.
  std::size_t by_appeal(const std::vector<std::size_t>& pool, std::int64_t DemoCategory::*appeal) {
    std::size_t merchant = dice_.one_of(pool);
    for (int tries = 0; tries < 60; ++tries) {
      if (dice_.chance(100 * (kDemoCategories[world_.merchants[merchant].category].*appeal))) break;
      merchant = dice_.one_of(pool);
    }
    return merchant;
  }

  template <std::size_t N>
  void haul(std::size_t merchant, const std::array<std::int64_t, N>& ticket, std::int64_t new_device_permille) {
    charge(merchant, world_.merchants[merchant].price * dice_.shaped(ticket) / 1'000, new_device_permille);
  }

  void charge(std::size_t merchant, std::int64_t cents, std::int64_t new_device_permille) {
    DemoPurchase purchase{
        .second = second_, .card = card_, .merchant = merchant, .cents = std::max<std::int64_t>(cents, 50)};
    if (world_.merchants[merchant].online) {
      const bool new_device = dice_.chance(new_device_permille);
      purchase.device_days = new_device ? dice_.between(0, 1) : victim_.device_days + second_ / kDay;
    }
    keep(purchase);
  }

  void keep(DemoPurchase purchase) {
    purchase.fraud = true;
    purchase.label_second = purchase.second + dice_.shaped(kReportDelay);
    charges_.push_back(purchase);
  }

  Dice& dice_;
  const DemoWorld& world_;
  std::size_t card_;
  const DemoCard& victim_;
  std::int64_t second_;    // of the next charge
  std::int64_t lateness_;  // of the incident: permille of the window
  std::vector<DemoPurchase> charges_;
};

std::vector<DemoPurchase> next_incident(Dice& dice, const DemoWorld& world, const DemoCalendar& calendar) {
  const auto card = static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(world.cards.size())));
  const std::int64_t day = dice.below(calendar.days);
  const std::size_t rhythm = dice.chance(450) ? kThief : world.cards[card].rhythm;
  return Incident(dice, world, card, time_of_buying(dice, rhythm, day), day * 1'000 / calendar.days).play();
}

}  // namespace

std::vector<DemoPurchase> fraudulent_purchases(Dice& dice, const DemoWorld& world, const DemoCalendar& calendar,
                                               std::int64_t count) {
  std::vector<DemoPurchase> purchases;
  while (static_cast<std::int64_t>(purchases.size()) < count) {
    for (const auto& charge : next_incident(dice, world, calendar)) {
      if (charge.second < calendar.end()) purchases.push_back(charge);
    }
  }
  purchases.resize(static_cast<std::size_t>(count));
  return purchases;
}

}  // namespace mf::dataset
