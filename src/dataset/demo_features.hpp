#pragma once
// What the scoring service of the demo data knew at the instant of a transaction.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <vector>

#include "dataset/demo_purchases.hpp"
#include "dataset/demo_world.hpp"

namespace mf::dataset {

/// The features that look back. Fractions are fixed-point integers, so that no rounding depends on the machine.
struct DemoFeatures {
  std::optional<std::int64_t> seconds_since_last;  ///< nothing for a card's first
  std::int64_t count_1h = 0, count_24h = 0;        ///< earlier transactions of the card
  std::int64_t cents_24h = 0;
  std::int64_t small_24h = 0;
  std::int64_t merchants_24h = 0;  ///< this one's included
  bool new_merchant = false;
  std::optional<std::int64_t> permille_of_mean;         ///< amount over the card's mean; nothing without earlier ones
  std::int64_t merchant_count_1h = 0;                   ///< earlier transactions of the merchant
  std::optional<std::int64_t> category_fraud_per_100k;  ///< nothing while too few labels are known
};

/// Walks through the transactions in time order and tells what was known just before each.
class DemoHistory {
 public:
  explicit DemoHistory(const DemoWorld& world);

  /// The features of `purchase`, which then becomes part of the past. Call in time order.
  DemoFeatures look_back(const DemoPurchase& purchase);

 private:
  struct Card {
    std::deque<DemoPurchase> month;  // the transactions of the last 30 days, oldest first
    std::int64_t cents = 0;          // their sum
    std::optional<std::int64_t> last;
  };
  struct Label {
    std::int64_t second;
    std::size_t category;
    bool fraud;
    bool operator>(const Label& other) const { return second > other.second; }
  };
  struct Tally {
    std::int64_t labels = 0, frauds = 0;
  };

  void learn_labels(std::int64_t now);
  void count(const Label& label, std::int64_t sign);
  void look_at_card(const DemoPurchase& purchase, DemoFeatures& features);
  static void look_at_day(const Card& card, const DemoPurchase& purchase, DemoFeatures& features);
  void look_at_merchant(const DemoPurchase& purchase, DemoFeatures& features);
  void look_at_category(std::size_t category, DemoFeatures& features) const;

  const DemoWorld& world_;
  std::vector<Card> cards_;
  std::vector<std::deque<std::int64_t>> merchants_;  // times of the last hour, by merchant
  std::priority_queue<Label, std::vector<Label>, std::greater<>>
      pending_;                 // labels of past transactions, not known yet
  std::deque<Label> known_;     // labels observed in the last 30 days
  std::vector<Tally> tallies_;  // of known_, by category
};

}  // namespace mf::dataset
