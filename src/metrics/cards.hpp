#pragma once
// Cards instead of rows: a card that is blocked has all its rows blocked, so a day's work is a list of cards.

#include <cstdint>
#include <vector>

#include "metrics/calendar.hpp"
#include "metrics/sample.hpp"
#include "mf/metrics/figure.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

/// The cards of each day with their highest score and whether any of their rows that day is fraud: by score, highest
/// first, ties by entity ascending. Rows without an entity are no card.
class CardDays {
 public:
  /// The part has days, those of the calendar, and entities.
  CardDays(const RankedPart& part, const Calendar& calendar);

  struct Card {
    std::uint32_t entity = 0;
    bool fraud = false;
    bool ties = false;  ///< has the score of the card before it
  };

  [[nodiscard]] std::size_t days() const { return begins_.size() - 1; }
  [[nodiscard]] std::int32_t date(std::size_t day) const { return dates_[day]; }
  [[nodiscard]] std::uint32_t entity_count() const { return entity_count_; }

  /// Calls `visit` with the cards of a day, in their order, until it returns false.
  template <typename Visit>
  void each(std::size_t day, Visit visit) const {
    for (std::size_t i = begins_[day]; i < begins_[day + 1]; ++i)
      if (!visit(Card{entities_[i], (marks_[i] & kFraud) != 0, (marks_[i] & kTies) != 0})) return;
  }

 private:
  static constexpr std::uint8_t kFraud = 1, kTies = 2;

  void add_day(const RankedPart& part, std::span<const std::uint32_t> rows, std::vector<std::size_t>& place);
  void order_ties(std::size_t begin);

  std::uint32_t entity_count_;
  std::vector<std::int32_t> dates_;
  std::vector<std::size_t> begins_;  // of each day, and the end of the last
  std::vector<std::uint32_t> entities_;
  std::vector<std::uint8_t> marks_;
};

/// What a team finds on one day that looks at k cards.
struct CardDay {
  std::int64_t cards = 0;                ///< that are there and not removed, up to the k-th
  std::int64_t found = 0;                ///< frauds among the top k
  std::int64_t lowest = 0, highest = 0;  ///< over the orders of the cards that tie at the boundary
  std::int64_t frauds = 0;               ///< cards with fraud that are there and not removed
  bool present = false;                  ///< the day has cards, removed or not
};

/// Day after day, with removals as `rules` say.
std::vector<CardDay> card_days_at(std::int64_t k, const CardDays& cards, const CardRules& rules, const Sample& sample);

/// Adds the figures of card_precision for each k of the settings.
void tell_cards(const CardDays& cards, const EvaluationSettings& settings, const Sample& sample, Figures& figures);

}  // namespace mf::metrics
