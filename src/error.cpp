#include "mf/error.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "mf/redaction.hpp"

namespace mf {
namespace {

constexpr CodeRow kRows[] = {
#define MF_CODE(name, category, klass, exit, sentence, hint) \
  {Code::name, #name, #category, #klass, exit, sentence, hint},
#include "mf/error_codes.def"
#undef MF_CODE
};

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::span<const CodeRow> code_table() { return kRows; }

const CodeRow& row_of(Code code) { return kRows[static_cast<std::size_t>(code)]; }

const CodeRow* find_code(std::string_view name) {
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows), [&](const CodeRow& r) { return r.name == name; });
  return row == std::end(kRows) ? nullptr : row;
}

Error::Error(Code code, std::string message, Context context, std::string hint)
    : code_(code), message_(std::move(message)), context_(std::move(context)), hint_(std::move(hint)) {
  if (hint_.empty()) hint_ = row().hint;
  for (auto* text : {&message_, &hint_}) *text = redacted(*text);
  for (auto& [name, value] : context_) value = redacted(value);
}

Error& Error::with(const std::string& name, const std::string& value) {
  context_.emplace(name, redacted(value));
  return *this;
}

std::optional<std::string> near_miss(std::string_view word, std::span<const std::string> candidates) {
  const std::size_t limit = std::min<std::size_t>(3, std::max<std::size_t>(1, word.size() / 3));
  std::optional<std::string> best;
  std::size_t best_distance = limit + 1;
  for (const auto& candidate : candidates) {
    if (candidate.size() > word.size() + limit) continue;
    if (same_but_for_case(word, candidate)) return candidate;
    const std::size_t distance = edit_distance(word.substr(0, 128), candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace mf
