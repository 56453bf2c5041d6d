#include "dataset/demo_features.hpp"

#include <algorithm>

namespace mf::dataset {
namespace {

constexpr std::int64_t kMonth = 30 * kDay;
constexpr std::int64_t kSmallCharge = 500;
constexpr std::int64_t kFewestLabels = 50;

std::int64_t rounded_ratio(std::int64_t numerator, std::int64_t denominator) {
  return (2 * numerator + denominator) / (2 * denominator);
}

}  // namespace

DemoHistory::DemoHistory(const DemoWorld& world)
    : world_(world), cards_(world.cards.size()), merchants_(world.merchants.size()), tallies_(kDemoCategories.size()) {}

DemoFeatures DemoHistory::look_back(const DemoPurchase& purchase) {
  DemoFeatures features;
  const std::size_t category = world_.merchants[purchase.merchant].category;
  learn_labels(purchase.second);
  look_at_card(purchase, features);
  look_at_merchant(purchase, features);
  look_at_category(category, features);
  pending_.push({purchase.label_second, category, purchase.fraud});
  return features;
}

void DemoHistory::learn_labels(std::int64_t now) {
  for (; !pending_.empty() && pending_.top().second <= now; pending_.pop()) {
    known_.push_back(pending_.top());
    count(known_.back(), 1);
  }
  for (; !known_.empty() && known_.front().second <= now - kMonth; known_.pop_front()) count(known_.front(), -1);
}

void DemoHistory::count(const Label& label, std::int64_t sign) {
  tallies_[label.category].labels += sign;
  if (label.fraud) tallies_[label.category].frauds += sign;
}

void DemoHistory::look_at_card(const DemoPurchase& purchase, DemoFeatures& features) {
  Card& card = cards_[purchase.card];
  for (; !card.month.empty() && card.month.front().second <= purchase.second - kMonth; card.month.pop_front()) {
    card.cents -= card.month.front().cents;
  }
  if (card.last) features.seconds_since_last = purchase.second - *card.last;
  const auto earlier = static_cast<std::int64_t>(card.month.size());
  if (earlier > 0) features.permille_of_mean = rounded_ratio(purchase.cents * earlier * 1'000, card.cents);
  features.new_merchant = std::none_of(card.month.begin(), card.month.end(),
                                       [&](const DemoPurchase& past) { return past.merchant == purchase.merchant; });
  look_at_day(card, purchase, features);
  card.month.push_back(purchase);
  card.cents += purchase.cents;
  card.last = purchase.second;
}

void DemoHistory::look_at_day(const Card& card, const DemoPurchase& purchase, DemoFeatures& features) {
  std::vector<std::size_t> merchants = {purchase.merchant};
  for (auto past = card.month.rbegin(); past != card.month.rend() && past->second > purchase.second - kDay; ++past) {
    ++features.count_24h;
    features.cents_24h += past->cents;
    if (past->second > purchase.second - kHour) ++features.count_1h;
    if (past->cents < kSmallCharge) ++features.small_24h;
    if (std::find(merchants.begin(), merchants.end(), past->merchant) == merchants.end())
      merchants.push_back(past->merchant);
  }
  features.merchants_24h = static_cast<std::int64_t>(merchants.size());
}

void DemoHistory::look_at_merchant(const DemoPurchase& purchase, DemoFeatures& features) {
  auto& hour = merchants_[purchase.merchant];
  while (!hour.empty() && hour.front() <= purchase.second - kHour) hour.pop_front();
  features.merchant_count_1h = static_cast<std::int64_t>(hour.size());
  hour.push_back(purchase.second);
}

void DemoHistory::look_at_category(std::size_t category, DemoFeatures& features) const {
  const Tally& tally = tallies_[category];
  if (tally.labels >= kFewestLabels)
    features.category_fraud_per_100k = rounded_ratio(tally.frauds * 100'000, tally.labels);
}

}  // namespace mf::dataset
