#include "metrics/cards.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "metrics/compensated_sum.hpp"
#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

// Rows by day, those of a day in the order of the part.
struct RowsByDay {
  RowsByDay(const RankedPart& part, const Calendar& calendar) : begins(calendar.days() + 1), rows(part.rows()) {
    for (const std::int32_t day : part.days) ++begins[calendar.day(day) + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    auto next = begins;
    for (std::size_t row = 0; row < part.rows(); ++row)
      rows[next[calendar.day(part.days[row])]++] = static_cast<std::uint32_t>(row);
  }

  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t day) const {
    return std::span(rows).subspan(begins[day], begins[day + 1] - begins[day]);
  }

  std::vector<std::size_t> begins;
  std::vector<std::uint32_t> rows;
};

/// The cards that are still to be shown, copies of drawn entities each for itself.
class Remaining {
 public:
  Remaining(const CardDays& cards, const CardRules& rules, const Sample& sample)
      : cards_(cards), rules_(rules), times_(cards.entity_count()) {
    for (std::uint32_t e = 0; e < times_.size(); ++e) {
      times_[e] = sample.times_of_entity(e);
      if (e < rules.known_from.size() && rules.known_from[e] != kNeverKnown)
        from_before_.emplace_back(rules.known_from[e], e);
    }
    std::sort(from_before_.begin(), from_before_.end());
  }

  [[nodiscard]] std::int64_t of(std::uint32_t entity) const { return times_[entity]; }

  void found(std::uint32_t entity, std::int64_t times) {
    if (rules_.remove_detected) times_[entity] -= static_cast<std::uint32_t>(times);
  }

  /// Removes the cards whose fraud is known by `date`: of earlier parts, and of this one through the delayed labels.
  void forget_known(std::int32_t date) {
    for (; next_ < from_before_.size() && from_before_[next_].first <= date; ++next_)
      times_[from_before_[next_].second] = 0;
    if (!rules_.label_delay_days) return;
    for (; known_ < cards_.days() && cards_.date(known_) + *rules_.label_delay_days <= date; ++known_) {
      cards_.each(known_, [&](const CardDays::Card& card) {
        if (card.fraud) times_[card.entity] = 0;
        return true;
      });
    }
  }

 private:
  const CardDays& cards_;
  const CardRules& rules_;
  std::vector<std::uint32_t> times_;
  std::vector<std::pair<std::int32_t, std::uint32_t>> from_before_;  // days from which entities are known
  std::size_t next_ = 0;                                             // of them
  std::size_t known_ = 0;                                            // days whose labels are known
};

/// One day's list, looked at card by card.
class ShownCards {
 public:
  ShownCards(std::int64_t k, Remaining& remaining) : k_(k), remaining_(remaining) {}

  void add(const CardDays::Card& card, std::int64_t there) {
    if (!card.ties) end_tie();
    const std::int64_t times = remaining_.of(card.entity);
    day_.present = day_.present || there > 0;
    tied_ += times;
    if (card.fraud) tied_frauds_ += times;
    show(card, times);
  }

  CardDay finish() {
    end_tie();
    return day_;
  }

 private:
  void show(const CardDays::Card& card, std::int64_t times) {
    const std::int64_t shown = std::min(times, k_ - day_.cards);
    day_.cards += shown;
    if (!card.fraud) return;
    day_.frauds += times;
    day_.found += shown;
    remaining_.found(card.entity, shown);
  }

  void end_tie() {
    const std::int64_t room = std::min(tied_, k_ - before_);
    day_.lowest += std::max<std::int64_t>(0, room - (tied_ - tied_frauds_));
    day_.highest += std::min(room, tied_frauds_);
    before_ += room;
    tied_ = tied_frauds_ = 0;
  }

  std::int64_t k_;
  Remaining& remaining_;
  CardDay day_;
  std::int64_t before_ = 0;  // cards above the tie, up to k
  std::int64_t tied_ = 0, tied_frauds_ = 0;
};

// Whether a card counts at all, removed or not, is for the day to be one of those that are averaged over.
CardDay show_day(std::size_t day, std::int64_t k, const CardDays& cards, Remaining& remaining, const Sample& sample) {
  ShownCards shown(k, remaining);
  cards.each(day, [&](const CardDays::Card& card) {
    shown.add(card, sample.times_of_entity(card.entity));
    return true;
  });
  return shown.finish();
}

struct Mean {
  CompensatedSum sum;
  std::int64_t count = 0;

  void add(std::int64_t frauds, std::int64_t k, std::uint32_t times) {
    sum.add(times * ratio(frauds, k));
    count += times;
  }

  [[nodiscard]] Figure figure() const {
    return count == 0 ? undefined("no day has a card") : defined(sum.value() / static_cast<double>(count));
  }
};

void tell_cards_at(std::int64_t k, const CardDays& cards, const CardRules& rules, const Sample& sample,
                   Figures& figures) {
  Mean found, lowest, highest, ceiling;
  const auto days = card_days_at(k, cards, rules, sample);
  for (std::size_t day = 0; day < days.size(); ++day) {
    const std::uint32_t times = sample.times_of_day(day);
    if (!days[day].present || times == 0) continue;
    found.add(days[day].found, k, times);
    lowest.add(days[day].lowest, k, times);
    highest.add(days[day].highest, k, times);
    ceiling.add(std::min(days[day].frauds, k), k, times);
  }
  const std::string suffix = "_at_" + std::to_string(k);
  figures["card_precision" + suffix] = found.figure();
  figures["card_precision_lowest" + suffix] = lowest.figure();
  figures["card_precision_highest" + suffix] = highest.figure();
  figures["card_precision_ceiling" + suffix] = ceiling.figure();
}

}  // namespace

CardDays::CardDays(const RankedPart& part, const Calendar& calendar) : entity_count_(part.entity_count) {
  const RowsByDay by_day(part, calendar);
  std::vector<std::size_t> place(entity_count_, kNowhere);
  begins_.push_back(0);
  for (std::uint32_t day = 0; day < calendar.days(); ++day) {
    dates_.push_back(calendar.date(day));
    add_day(part, by_day.of(day), place);
    begins_.push_back(entities_.size());
  }
}

// The first row of a card is the one with its highest score: the rows of a day come ranked.
void CardDays::add_day(const RankedPart& part, std::span<const std::uint32_t> rows, std::vector<std::size_t>& place) {
  const std::size_t begin = entities_.size();
  float before = std::numeric_limits<float>::quiet_NaN();
  for (const std::uint32_t row : rows) {
    const std::uint32_t entity = part.entities[row];
    if (entity == kNoEntity) continue;
    if (place[entity] == kNowhere || place[entity] < begin) {
      place[entity] = entities_.size();
      entities_.push_back(entity);
      marks_.push_back(part.scores[row] == before ? kTies : std::uint8_t{0});
      before = part.scores[row];
    }
    if (part.labels[row] != 0) marks_[place[entity]] |= kFraud;
  }
  order_ties(begin);
}

void CardDays::order_ties(std::size_t begin) {
  std::vector<std::pair<std::uint32_t, std::uint8_t>> tie;
  for (std::size_t first = begin; first < entities_.size();) {
    std::size_t end = first + 1;
    while (end < entities_.size() && (marks_[end] & kTies) != 0) ++end;
    tie.clear();
    for (std::size_t i = first; i < end; ++i) tie.emplace_back(entities_[i], marks_[i] & kFraud);
    if (tie.size() > 1) std::sort(tie.begin(), tie.end());
    for (std::size_t i = first; i < end; ++i) {
      entities_[i] = tie[i - first].first;
      marks_[i] = static_cast<std::uint8_t>(tie[i - first].second | (i > first ? kTies : 0));
    }
    first = end;
  }
}

std::vector<CardDay> card_days_at(std::int64_t k, const CardDays& cards, const CardRules& rules, const Sample& sample) {
  Remaining remaining(cards, rules, sample);
  std::vector<CardDay> days;
  for (std::size_t day = 0; day < cards.days(); ++day) {
    remaining.forget_known(cards.date(day));
    days.push_back(show_day(day, k, cards, remaining, sample));
  }
  return days;
}

void tell_cards(const CardDays& cards, const EvaluationSettings& settings, const Sample& sample, Figures& figures) {
  for (const std::int64_t k : settings.card_top_k) tell_cards_at(k, cards, settings.cards, sample, figures);
}

}  // namespace mf::metrics
