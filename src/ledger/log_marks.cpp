#include "mf/ledger/log_marks.hpp"

#include <algorithm>
#include <span>

namespace mf::ledger {
namespace {

using store::Mark;

constexpr std::size_t kWatched = 2;

/// Marks in one word: empty unless all of them tell something.
std::string joined(std::span<const Mark> marks) {
  std::string word;
  for (const Mark& mark : marks) {
    if (!mark || mark->empty()) return {};
    word += (word.empty() ? "" : ".") + *mark;
  }
  return word;
}

std::string run_key_of(const std::string& anchor_key) {
  const std::size_t from = anchor_key.rfind('/') + 1;
  const std::string name = anchor_key.substr(from);
  return name.ends_with(".json") ? name.substr(0, name.size() - 5) : name;
}

}  // namespace

/// The mark of the folder tells that no event came or went; that of the last event, that it was not edited where it
/// lies.
std::vector<std::string> log_marks(const store::ArtifactStore& store, const std::vector<LogThen>& logs) {
  std::vector<std::string> keys;
  for (const auto& [place, events] : logs) {
    keys.push_back(store::layout::ledger_event(place, events));
    keys.push_back(store::layout::ledger_events(place));
  }
  const auto marks = store.marks(keys);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < logs.size(); ++i)
    words.push_back(joined(std::span(marks).subspan(i * kWatched, kWatched)));
  return words;
}

LogThen log_now(const store::ArtifactStore& store, const store::layout::RunPlace& place) {
  return {place, static_cast<std::int64_t>(store.list(store::layout::ledger_events(place)).size())};
}

std::vector<std::string> anchor_marks(const store::ArtifactStore& store, const std::vector<std::string>& run_keys) {
  std::vector<std::string> keys;
  for (const auto& run_key : run_keys) keys.push_back(store::layout::run_anchor(run_key));
  std::vector<std::string> words;
  for (const Mark& mark : store.marks(keys)) words.push_back(joined({&mark, 1}));
  return words;
}

std::vector<std::string> anchored_runs(const store::ArtifactStore& store) {
  std::vector<std::string> run_keys;
  for (const auto& key : store.list(store::layout::run_anchors())) run_keys.push_back(run_key_of(key));
  return run_keys;
}

}  // namespace mf::ledger
