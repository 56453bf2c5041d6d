#include "factory/parting.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "factory/document_difference.hpp"
#include "mf/dataset/scored_rows.hpp"
#include "mf/engine/model_difference.hpp"

namespace mf::factory {
namespace {

using dataset::ScoredRowsFile;

std::string side_by_side(const std::string& subject, const std::string& was, const std::string& is) {
  return subject + " is " + was + " as recorded and " + is + " as rebuilt";
}

/// The first field that differs.
std::string part_documents(const std::string& recorded, const std::string& rebuilt) {
  const auto difference = first_difference(recorded, rebuilt);
  if (!difference) return "both say the same in other bytes";
  return side_by_side(difference->pointer, difference->was, difference->is);
}

void part_models(const Side& recorded, const Side& rebuilt, const std::string& run, Parting& parting) {
  try {
    const auto difference = engine::first_difference(recorded_model(recorded.store, recorded.state, run),
                                                     recorded_model(rebuilt.store, rebuilt.state, run));
    if (!difference) return;
    parting.tree = difference->tree;
    parting.what = (parting.tree ? "tree " + std::to_string(*parting.tree) + ", " : "") + difference->what;
  } catch (const Error& error) {
    parting.what = "it cannot be compared tree by tree: " + error.message();
  }
}

ScoredRowsFile rows_of(const Side& side, const std::string& run) {
  const auto& record = require_recorded(side.state, kScoredRows, run);
  return dataset::read_scored_rows(*open_recorded(side.store, side.state, kScoredRows, run), record.sha256, record.ref);
}

std::vector<std::string_view> all_of(const dataset::TextColumn& texts) {
  std::vector<std::string_view> all(texts.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = texts[i];
  return all;
}

/// Of one part.
std::optional<std::string> part_keys(const dataset::TextColumn& recorded, const dataset::TextColumn& rebuilt,
                                     const std::string& part) {
  auto was = all_of(recorded), is = all_of(rebuilt);
  if (was == is) return {};
  const auto [a, b] = std::mismatch(was.begin(), was.end(), is.begin(), is.end());
  const auto key = [](const auto& keys, const auto& at) { return at == keys.end() ? "absent" : std::string(*at); };
  const std::string row = "row " + std::to_string(a - was.begin() + 1) + " of part " + part;
  const std::string first = side_by_side(row, key(was, a), key(is, b));
  std::sort(was.begin(), was.end());
  std::sort(is.begin(), is.end());
  return (was == is ? "the same rows in another order: " : "other rows: ") + first;
}

std::optional<std::string> part_rows(const ScoredRowsFile& was, const ScoredRowsFile& is) {
  for (std::size_t p = 0; p < dataset::kEvaluatedParts.size(); ++p) {
    const std::string part(name_of(dataset::kEvaluatedParts[p]));
    if (auto found = part_keys(was.parts[p].keys, is.parts[p].keys, part)) return found;
  }
  return {};
}

std::string shortest(float score) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), score).ptr};
}

/// The first score that differs, of rows that do not.
std::optional<std::string> part_scores(const ScoredRowsFile& was, const ScoredRowsFile& is) {
  for (std::size_t p = 0; p < was.parts.size(); ++p) {
    const auto& [scored, again] = std::pair(was.parts[p].scores, is.parts[p].scores);
    const auto [a, b] = std::mismatch(scored.begin(), scored.end(), again.begin(), again.end());
    if (a == scored.end()) continue;
    const std::string key(was.parts[p].keys[static_cast<std::size_t>(a - scored.begin())]);
    return side_by_side("the score of " + key, shortest(*a), shortest(*b));
  }
  return {};
}

void part_scored_rows(const Side& recorded, const Side& rebuilt, const std::string& run, Parting& parting) {
  try {
    const auto was = rows_of(recorded, run);
    const auto is = rows_of(rebuilt, run);
    const auto rows = part_rows(was, is);
    parting.of_rows = rows.has_value();
    parting.what = rows ? *rows : part_scores(was, is).value_or("another column than key, part and score differs");
  } catch (const Error& error) {
    parting.what = "they cannot be compared row by row: " + error.message();
  }
}

Parting part(const Side& recorded, const Content& was, const Side& rebuilt, const Content& is, const std::string& run) {
  Parting parting{was, is, "", {}, false};
  if (was.kind == &kModel)
    part_models(recorded, rebuilt, run, parting);
  else if (was.kind == &kScoredRows)
    part_scored_rows(recorded, rebuilt, run, parting);
  else
    parting.what = part_documents(was.text, is.text);
  return parting;
}

}  // namespace

std::vector<Parting> partings(const Side& recorded, const std::vector<Content>& was, const Side& rebuilt,
                              const std::vector<Content>& is, const std::string& run) {
  std::vector<Parting> found;
  for (const auto& content : was) {
    const auto again = std::find_if(is.begin(), is.end(), [&](const auto& c) { return c.kind == content.kind; });
    if (again == is.end())
      found.push_back({content, {}, "the rebuilt run did not pass its gate, and has none", {}, false});
    else if (again->digest != content.digest)
      found.push_back(part(recorded, content, rebuilt, *again, run));
  }
  return found;
}

}  // namespace mf::factory
