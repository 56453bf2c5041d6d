#pragma once
// A made-up set of card transactions to try Model Factory on.
//
// Room: dataset.  No real card, person or merchant is behind it. A row is one authorised card transaction as the
// scoring service saw it at that instant, joined with the label that became known later.
//
// What is in it, so that a reader can judge a model made from it:
// - Cards have habits (home country, usual amounts, hours, favourite merchants, a device, now and then a trip abroad).
// - About 1% of the rows are fraud, in four patterns: card testing (small charges, then large ones, online, mostly
//   abroad), stolen cards (a spree in shops), account takeover (few large online purchases), and purchases that look
//   like any other. The mix shifts over the window, so the last weeks are harder than the first.
// - Fraud is reported 1 to 25 days after the purchase. "No fraud" is recorded 20 days after it, 35 days for the one in
// a
//   hundred that was queried. What is not known at label_asof has an empty label.
// - Features look back only: at earlier rows of the same card (or merchant), and at labels observed before the event.

#include <cstdint>
#include <string>
#include <vector>

#include "mf/contracts/dataset_materialization.hpp"
#include "mf/time.hpp"

namespace mf::dataset {

struct DemoSettings {
  std::uint64_t seed = 7;
  std::int64_t transactions = 200'000;  ///< rows; 1,000 to 10,000,000
  std::int64_t days = 90;               ///< length of the window that the transactions fall into; 2 to 3,650
  UtcTime start{1'767'225'600 * kMicrosecondsPerSecond};  ///< of the window: 2026-01-01T00:00:00Z, whole seconds
};

struct DemoCards {
  std::string
      csv;  ///< header and rows, LF, no quoting needed; ordered by event time; an empty field is a missing value
  std::vector<contracts::DatasetMaterialization::Column> columns;  ///< name, type and roles, in the order of the header
  UtcTime label_asof;               ///< 20 days after the window; no label in `csv` was observed later
  std::int64_t maturity_days = 30;  ///< no fraud takes longer to be reported
  std::int64_t rows = 0;
  std::int64_t labelled = 0;  ///< rows whose label is not empty
  std::int64_t positive = 0;  ///< rows labelled as fraud
};

// Columns of features. Money is in the card's currency with two decimals; "earlier" rows stand higher in the file.
//   amount                      of this transaction
//   hour_of_day, is_night, is_weekend   UTC; night is 00:00-05:59
//   is_ecommerce                1 when bought online, 0 in a shop
//   is_foreign                  1 when the merchant is outside the card's home country
//   card_age_days               whole days since the card was issued
//   device_age_days             whole days since the device was first used with the card; missing in shops
//   minutes_since_last_tx       since the card's previous row; missing for a card's first
//   tx_count_1h, tx_count_24h   earlier rows of the card in (t-1h, t], (t-24h, t]
//   amount_sum_24h              their amounts, 24 hours
//   small_tx_count_24h          those below 5.00, 24 hours
//   distinct_merchants_24h      merchants in them and this row, 24 hours
//   new_merchant_30d            1 when the card did not buy from this merchant in the last 30 days
//   amount_over_card_mean_30d   amount over the mean of the card's earlier rows of 30 days; missing without any
//   merchant_tx_count_1h        earlier rows of the merchant in (t-1h, t]
//   mcc_fraud_rate_30d          share of fraud among the labels of this merchant category observed in (t-30d, t];
//                               missing while fewer than 50 labels are known

/// Makes the set. The same settings give the same bytes on every machine: all of it is integer arithmetic.
/// Memory: about 300 bytes for a row.  Throws USAGE for settings outside their ranges.
DemoCards make_demo_cards(const DemoSettings& settings);

}  // namespace mf::dataset
