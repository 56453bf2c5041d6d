#include "mf/dataset/demo_cards.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "mf/error.hpp"
#include "mf/identity/digest.hpp"

namespace mf::dataset {
namespace {

constexpr std::int64_t kHour = 3'600 * kMicrosecondsPerSecond;

DemoSettings small() { return {.seed = 7, .transactions = 4'000, .days = 45}; }

/// A generated set as a table of texts.
class Table {
 public:
  explicit Table(const DemoCards& demo) {
    std::istringstream lines(demo.csv);
    std::string line;
    std::getline(lines, line);
    header_ = split(line);
    while (std::getline(lines, line)) rows_.push_back(split(line));
    for (std::size_t i = 0; i < size(); ++i) times_.push_back(time(i, "event_time_utc"));
  }

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const std::string& text(std::size_t row, const std::string& column) const {
    return rows_[row].at(static_cast<std::size_t>(std::find(header_.begin(), header_.end(), column) - header_.begin()));
  }
  [[nodiscard]] double number(std::size_t row, const std::string& column) const { return std::stod(text(row, column)); }
  [[nodiscard]] std::int64_t time(std::size_t row, const std::string& column) const {
    return parse_utc(text(row, column)).value().microseconds;
  }
  [[nodiscard]] std::int64_t time(std::size_t row) const { return times_[row]; }

  /// The rows above `row` of the same card that are younger than `span`.
  [[nodiscard]] std::vector<std::size_t> earlier(std::size_t row, std::int64_t span) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < row; ++i) {
      if (time(i) > time(row) - span && text(i, "card_id") == text(row, "card_id")) found.push_back(i);
    }
    return found;
  }

 private:
  static std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> fields(1);
    for (const char c : line) {
      if (c == ',')
        fields.emplace_back();
      else
        fields.back() += c;
    }
    return fields;
  }

  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::int64_t> times_;
};

class SmallDemo : public testing::Test {
 protected:
  static const DemoCards& demo() {
    static const DemoCards made = make_demo_cards(small());
    return made;
  }
  static const Table& table() {
    static const Table read(demo());
    return read;
  }
  static double sum(const std::vector<std::size_t>& rows, const std::string& column) {
    double total = 0;
    for (const auto row : rows) total += table().number(row, column);
    return total;
  }
};

TEST(DemoCards, SameSeedGivesTheSameBytesEverywhere) {
  const auto demo = make_demo_cards({.seed = 7, .transactions = 1'000, .days = 30});
  EXPECT_EQ(demo.csv, make_demo_cards({.seed = 7, .transactions = 1'000, .days = 30}).csv);
  EXPECT_EQ(identity::sha256_hex(demo.csv), "f38334daf07c208eb971fc593b97ad1c73b3e3dcc4db79c5d593fbca236f17b7");
}

TEST(DemoCards, AnotherSeedGivesOtherBytes) {
  EXPECT_NE(make_demo_cards({.seed = 8, .transactions = 1'000}).csv,
            make_demo_cards({.seed = 7, .transactions = 1'000}).csv);
}

TEST(DemoCards, StartsWhenItIsTold) {
  DemoSettings settings = small();
  settings.start = *parse_utc("2025-03-05T00:00:00Z");
  const DemoCards demo = make_demo_cards(settings);
  EXPECT_EQ(to_string(demo.label_asof), "2025-05-09T00:00:00Z");
  const Table table(demo);
  EXPECT_GE(table.time(0), settings.start.microseconds);
  EXPECT_LT(table.time(table.size() - 1), settings.start.microseconds + 45 * kMicrosecondsPerDay);
}

TEST(DemoCards, RefusesSettingsOutsideTheirRanges) {
  for (const DemoSettings& settings : {DemoSettings{.transactions = 999}, DemoSettings{.transactions = 10'000'001},
                                       DemoSettings{.days = 1}, DemoSettings{.days = 3'651}}) {
    try {
      make_demo_cards(settings);
      ADD_FAILURE() << "accepted " << settings.transactions << " transactions in " << settings.days << " days";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::USAGE);
    }
  }
}

TEST_F(SmallDemo, HeaderNamesTheColumnsInTheirOrder) {
  ASSERT_EQ(table().header().size(), demo().columns.size());
  for (std::size_t i = 0; i < demo().columns.size(); ++i) EXPECT_EQ(table().header()[i], demo().columns[i].name);
}

TEST_F(SmallDemo, HasAColumnForEachRoleButWeight) {
  std::map<std::string, int> roles;
  for (const auto& column : demo().columns) {
    for (const auto& role : column.roles) ++roles[role];
  }
  for (const char* role :
       {"subject_key", "event_time", "label", "label_observed_time", "feature_time", "entity_key", "amount"}) {
    EXPECT_EQ(roles[role], 1) << role;
  }
  EXPECT_EQ(roles["slice"], 2);
  EXPECT_EQ(roles["feature"], 18);
}

TEST_F(SmallDemo, EveryRowHasAFieldForEachColumn) {
  std::istringstream lines(demo().csv);
  for (std::string line; std::getline(lines, line);) {
    ASSERT_EQ(std::count(line.begin(), line.end(), ','), static_cast<std::ptrdiff_t>(demo().columns.size()) - 1)
        << line;
  }
}

TEST_F(SmallDemo, CountsItsRows) {
  std::int64_t labelled = 0, positive = 0;
  for (std::size_t i = 0; i < table().size(); ++i) {
    labelled += table().text(i, "is_fraud").empty() ? 0 : 1;
    positive += table().text(i, "is_fraud") == "1" ? 1 : 0;
  }
  EXPECT_EQ(demo().rows, 4'000);
  EXPECT_EQ(static_cast<std::int64_t>(table().size()), demo().rows);
  EXPECT_EQ(labelled, demo().labelled);
  EXPECT_EQ(positive, demo().positive);
}

TEST_F(SmallDemo, IsSortedByTimeWithUniqueIds) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < table().size(); ++i) {
    ids.insert(table().text(i, "event_id"));
    ASSERT_LE(table().time(i == 0 ? 0 : i - 1), table().time(i)) << "row " << i;
  }
  EXPECT_EQ(ids.size(), table().size());
}

TEST_F(SmallDemo, AboutOneInAHundredIsFraud) {
  const double rate = static_cast<double>(demo().positive) / static_cast<double>(demo().labelled);
  EXPECT_GT(rate, 0.005);
  EXPECT_LT(rate, 0.015);
}

TEST_F(SmallDemo, FewLabelsAreNotKnownYet) {
  EXPECT_LT(demo().labelled, demo().rows);
  EXPECT_GT(demo().labelled, demo().rows * 98 / 100);
}

TEST_F(SmallDemo, LabelsAreObservedAfterTheirEventAndBeforeTheAsof) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    ASSERT_EQ(table().text(i, "is_fraud").empty(), table().text(i, "label_observed_utc").empty()) << "row " << i;
    if (table().text(i, "is_fraud").empty()) continue;
    const std::int64_t observed = table().time(i, "label_observed_utc");
    ASSERT_LE(observed, demo().label_asof.microseconds) << "row " << i;
    ASSERT_GE(observed, table().time(i) + kMicrosecondsPerDay) << "row " << i;
  }
}

TEST_F(SmallDemo, FraudIsReportedWithinItsMaturity) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    if (table().text(i, "is_fraud") != "1") continue;
    EXPECT_LE(table().time(i, "label_observed_utc") - table().time(i), demo().maturity_days * kMicrosecondsPerDay);
  }
}

TEST_F(SmallDemo, CardsRepeat) {
  std::map<std::string, int> rows;
  for (std::size_t i = 0; i < table().size(); ++i) ++rows[table().text(i, "card_id")];
  EXPECT_GT(rows.size(), 50U);
  EXPECT_LT(rows.size() * 20, table().size());
}

TEST_F(SmallDemo, FeaturesAreComputedNoLaterThanTheEvent) {
  for (std::size_t i = 0; i < table().size(); ++i) ASSERT_LE(table().time(i, "feature_time_utc"), table().time(i));
}

TEST_F(SmallDemo, CountsOfTheCardAreThoseOfItsEarlierRows) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    const auto day = table().earlier(i, 24 * kHour);
    ASSERT_EQ(table().number(i, "tx_count_1h"), static_cast<double>(table().earlier(i, kHour).size())) << "row " << i;
    ASSERT_EQ(table().number(i, "tx_count_24h"), static_cast<double>(day.size())) << "row " << i;
    ASSERT_NEAR(table().number(i, "amount_sum_24h"), sum(day, "amount"), 0.001) << "row " << i;
    const auto small_ones =
        std::count_if(day.begin(), day.end(), [](auto r) { return table().number(r, "amount") < 5; });
    ASSERT_EQ(table().number(i, "small_tx_count_24h"), static_cast<double>(small_ones)) << "row " << i;
  }
}

TEST_F(SmallDemo, TimeSinceTheLastIsMissingForACardsFirstOnly) {
  std::map<std::string, std::int64_t> last;
  for (std::size_t i = 0; i < table().size(); ++i) {
    const std::string& card = table().text(i, "card_id");
    const std::string& minutes = table().text(i, "minutes_since_last_tx");
    ASSERT_EQ(minutes.empty(), !last.contains(card)) << "row " << i;
    if (!minutes.empty()) {
      const auto since = static_cast<double>(table().time(i) - last[card]) / (60.0 * kMicrosecondsPerSecond);
      ASSERT_NEAR(std::stod(minutes), since, 0.1) << "row " << i;
    }
    last[card] = table().time(i);
  }
}

TEST_F(SmallDemo, AmountIsComparedWithTheMeanOfTheCardsEarlierMonth) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    const auto month = table().earlier(i, 30 * 24 * kHour);
    const std::string& ratio = table().text(i, "amount_over_card_mean_30d");
    ASSERT_EQ(ratio.empty(), month.empty()) << "row " << i;
    if (month.empty()) continue;
    const double mean = sum(month, "amount") / static_cast<double>(month.size());
    ASSERT_NEAR(std::stod(ratio), table().number(i, "amount") / mean, 0.00051) << "row " << i;
  }
}

TEST_F(SmallDemo, FraudRateOfACategoryUsesOnlyLabelsObservedBefore) {
  std::size_t known_rates = 0;
  for (std::size_t i = 0; i < table().size(); i += 7) {
    int labels = 0, frauds = 0;
    for (std::size_t j = 0; j < i; ++j) {
      if (table().text(j, "merchant_category") != table().text(i, "merchant_category")) continue;
      if (table().text(j, "is_fraud").empty()) continue;
      const std::int64_t observed = table().time(j, "label_observed_utc");
      if (observed > table().time(i) || observed <= table().time(i) - 30 * 24 * kHour) continue;
      ++labels;
      frauds += table().text(j, "is_fraud") == "1" ? 1 : 0;
    }
    const std::string& rate = table().text(i, "mcc_fraud_rate_30d");
    ASSERT_EQ(rate.empty(), labels < 50) << "row " << i;
    if (rate.empty()) continue;
    ++known_rates;
    ASSERT_NEAR(std::stod(rate), static_cast<double>(frauds) / labels, 0.0000051) << "row " << i;
  }
  EXPECT_GT(known_rates, 100U);
}

TEST_F(SmallDemo, DistinctMerchantsCountThisOneAndAtMostTheOthers) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    const double merchants = table().number(i, "distinct_merchants_24h");
    ASSERT_GE(merchants, 1) << "row " << i;
    ASSERT_LE(merchants, table().number(i, "tx_count_24h") + 1) << "row " << i;
  }
}

TEST_F(SmallDemo, HourNightAndWeekendAreThoseOfTheEventTime) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    const std::int64_t hours = table().time(i) / kHour;
    ASSERT_EQ(table().number(i, "hour_of_day"), static_cast<double>(hours % 24));
    ASSERT_EQ(table().text(i, "is_night"), hours % 24 < 6 ? "1" : "0");
    const std::int64_t weekday = (hours / 24 + 4) % 7;
    ASSERT_EQ(table().text(i, "is_weekend"), weekday == 0 || weekday == 6 ? "1" : "0");
  }
}

TEST_F(SmallDemo, DevicesAreKnownOnlineOnly) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    const bool online = table().text(i, "channel") == "online";
    ASSERT_EQ(table().text(i, "is_ecommerce"), online ? "1" : "0");
    ASSERT_EQ(table().text(i, "device_age_days").empty(), !online);
  }
}

TEST_F(SmallDemo, MoneyHasTwoDecimals) {
  for (std::size_t i = 0; i < table().size(); ++i) {
    const std::string& amount = table().text(i, "amount");
    ASSERT_EQ(amount.size() - amount.find('.'), 3U) << amount;
    ASSERT_GE(std::stod(amount), 0.5);
  }
}

}  // namespace
}  // namespace mf::dataset
