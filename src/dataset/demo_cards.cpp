#include "mf/dataset/demo_cards.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string_view>
#include <tuple>

#include "dataset/demo_features.hpp"
#include "dataset/demo_purchases.hpp"
#include "dataset/demo_row_writer.hpp"
#include "dataset/demo_world.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using Columns = std::vector<contracts::DatasetMaterialization::Column>;

constexpr std::int64_t kPurchasesPerCard = 40;
constexpr std::int64_t kFraudPerMille = 10;
constexpr std::int64_t kDaysUntilAsof = 20;
constexpr std::int64_t kNightEnds = 6;

enum Stream : std::uint64_t { kWorldStream, kEverydayStream, kFraudStream };

const Columns& demo_columns() {
  static const Columns columns = {
      {"event_id", "string", {"subject_key"}},
      {"event_time_utc", "timestamp", {"event_time"}},
      {"card_id", "string", {"entity_key"}},
      {"is_fraud", "bool", {"label"}},
      {"label_observed_utc", "timestamp", {"label_observed_time"}},
      {"feature_time_utc", "timestamp", {"feature_time"}},
      {"channel", "string", {"slice"}},
      {"merchant_category", "string", {"slice"}},
      {"amount", "float64", {"amount", "feature"}},
      {"hour_of_day", "int64", {"feature"}},
      {"is_night", "int64", {"feature"}},
      {"is_weekend", "int64", {"feature"}},
      {"is_ecommerce", "int64", {"feature"}},
      {"is_foreign", "int64", {"feature"}},
      {"card_age_days", "int64", {"feature"}},
      {"device_age_days", "int64", {"feature"}},
      {"minutes_since_last_tx", "float32", {"feature"}},
      {"tx_count_1h", "int64", {"feature"}},
      {"tx_count_24h", "int64", {"feature"}},
      {"amount_sum_24h", "float32", {"feature"}},
      {"small_tx_count_24h", "int64", {"feature"}},
      {"distinct_merchants_24h", "int64", {"feature"}},
      {"new_merchant_30d", "int64", {"feature"}},
      {"amount_over_card_mean_30d", "float32", {"feature"}},
      {"merchant_tx_count_1h", "int64", {"feature"}},
      {"mcc_fraud_rate_30d", "float32", {"feature"}},
  };
  return columns;
}

void require_range(const char* name, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return;
  const std::string range = std::to_string(low) + " to " + std::to_string(high);
  throw Error(Code::USAGE,
              std::string("the demo data's ") + name + " is " + std::to_string(value) + ", expected " + range,
              {{"setting", name}, {"observed", std::to_string(value)}, {"expected", range}},
              std::string("Give ") + name + " from " + range + ".");
}

DemoCalendar calendar_of(const DemoSettings& settings) {
  return {settings.days, (settings.start.microseconds / kMicrosecondsPerDay + 4) % 7};  // 1970-01-01 was a Thursday
}

/// All purchases, in the order of the file.
std::vector<DemoPurchase> purchases_of(const DemoSettings& settings, const DemoWorld& world) {
  const std::int64_t frauds = settings.transactions * kFraudPerMille / 1'000;
  const DemoCalendar calendar = calendar_of(settings);
  Dice everyday(settings.seed, kEverydayStream);
  Dice fraud(settings.seed, kFraudStream);
  auto purchases = everyday_purchases(everyday, world, calendar, settings.transactions - frauds);
  const auto misuse = fraudulent_purchases(fraud, world, calendar, frauds);
  purchases.insert(purchases.end(), misuse.begin(), misuse.end());
  std::stable_sort(purchases.begin(), purchases.end(), [](const DemoPurchase& a, const DemoPurchase& b) {
    return std::tie(a.second, a.card) < std::tie(b.second, b.card);
  });
  return purchases;
}

/// Writes the rows, in time order.
class CardFile {
 public:
  CardFile(const DemoSettings& settings, const DemoWorld& world, DemoCards& demo)
      : settings_(settings),
        calendar_(calendar_of(settings)),
        world_(world),
        history_(world),
        demo_(demo),
        row_(demo.csv) {
    for (const auto& column : demo_.columns) row_.text(column.name);
    row_.end_row();
  }

  void write(const DemoPurchase& purchase) {
    ++demo_.rows;
    write_keys(purchase);
    write_now(purchase);
    write_past(history_.look_back(purchase));
    row_.end_row();
  }

 private:
  [[nodiscard]] UtcTime instant(std::int64_t second) const {
    return {settings_.start.microseconds + second * kMicrosecondsPerSecond};
  }

  void numbered(const char* format, std::int64_t number) {
    std::array<char, 32> name{};
    const int size = std::snprintf(name.data(), name.size(), format, static_cast<long long>(number));
    row_.text({name.data(), static_cast<std::size_t>(size)});
  }

  void write_keys(const DemoPurchase& purchase) {
    const std::string time = to_string(instant(purchase.second));
    numbered("tx_%08lld", demo_.rows);
    row_.text(time);
    numbered("card_%06lld", static_cast<std::int64_t>(purchase.card));
    write_label(purchase);
    row_.text(time);
    row_.text(world_.merchants[purchase.merchant].online ? "online" : "shop");
    row_.text(kDemoCategories[world_.merchants[purchase.merchant].category].name);
  }

  void write_label(const DemoPurchase& purchase) {
    const UtcTime observed = instant(purchase.label_second);
    if (observed > demo_.label_asof) {
      row_.missing();
      row_.missing();
      return;
    }
    ++demo_.labelled;
    if (purchase.fraud) ++demo_.positive;
    row_.flag(purchase.fraud);
    row_.text(to_string(observed));
  }

  /// The features of the transaction itself.
  void write_now(const DemoPurchase& purchase) {
    const std::int64_t day = purchase.second / kDay;
    const std::int64_t hour = purchase.second % kDay / kHour;
    const DemoMerchant& merchant = world_.merchants[purchase.merchant];
    const DemoCard& card = world_.cards[purchase.card];
    row_.fixed(purchase.cents, 2);
    row_.integer(hour);
    row_.flag(hour < kNightEnds);
    row_.flag(calendar_.is_weekend(day));
    row_.flag(merchant.online);
    row_.flag(merchant.country != card.home);
    row_.integer(card.age_days + day);
    if (purchase.device_days == DemoPurchase::kNoDevice)
      row_.missing();
    else
      row_.integer(purchase.device_days);
  }

  /// The features that look back.
  void write_past(const DemoFeatures& past) {
    optional(past.seconds_since_last ? std::optional(*past.seconds_since_last * 10 / 60) : std::nullopt, 1);
    row_.integer(past.count_1h);
    row_.integer(past.count_24h);
    row_.fixed(past.cents_24h, 2);
    row_.integer(past.small_24h);
    row_.integer(past.merchants_24h);
    row_.flag(past.new_merchant);
    optional(past.permille_of_mean, 3);
    row_.integer(past.merchant_count_1h);
    optional(past.category_fraud_per_100k, 5);
  }

  void optional(std::optional<std::int64_t> value, std::size_t decimals) {
    if (value)
      row_.fixed(*value, decimals);
    else
      row_.missing();
  }

  const DemoSettings& settings_;
  DemoCalendar calendar_;
  const DemoWorld& world_;
  DemoHistory history_;
  DemoCards& demo_;
  RowWriter row_;
};

}  // namespace

DemoCards make_demo_cards(const DemoSettings& settings) {
  require_range("transactions", settings.transactions, 1'000, 10'000'000);
  require_range("days", settings.days, 2, 3'650);
  Dice dice(settings.seed, kWorldStream);
  const DemoWorld world = make_demo_world(dice, settings.transactions / kPurchasesPerCard, settings.days);
  DemoCards demo;
  demo.columns = demo_columns();
  demo.label_asof = {settings.start.microseconds + (settings.days + kDaysUntilAsof) * kMicrosecondsPerDay};
  CardFile file(settings, world, demo);
  for (const auto& purchase : purchases_of(settings, world)) file.write(purchase);
  return demo;
}

}  // namespace mf::dataset
