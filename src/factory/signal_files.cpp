#include "factory/signal_files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/identity/digest.hpp"
#include "mf/observability/openlineage.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
namespace paths = observability::paths;
using observability::SignalLine;

constexpr const char* kTextfile = "mf.prom";
constexpr std::size_t kLongestLineage = std::size_t{8} << 30;

/// What stands under the name of every fact that was written: the name says which.
constexpr std::string_view kMarker = "{\"events\":\"mf/governance/events.jsonl\"}\n";

std::string text_of(const std::vector<SignalLine>& lines) {
  std::size_t size = 0;
  for (const auto& line : lines) size += line.text.size() + 1;
  std::string text;
  text.reserve(size);
  for (const auto& line : lines) text.append(line.text).push_back('\n');
  return text;
}

/// The bytes of a file that may not be there, or be damaged: then none.
std::string bytes_of(const fs::path& path, std::size_t limit) {
  try {
    return read_named_file(path.string(), path.string(), limit);
  } catch (const Error&) {
    return {};
  }
}

/// The summaries of every platform run that was ever exported to `runs_root`, in the order of their names.
std::vector<Summary> summaries_below(const std::string& runs_root) {
  std::set<fs::path> folders;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(runs_root, ignored)) folders.insert(entry.path());
  std::vector<Summary> summaries;
  for (const auto& folder : folders) {
    constexpr std::size_t kLimit = store::ArtifactStore::kDocumentLimit;
    Summary summary{bytes_of(folder / paths::kMetrics, kLimit), bytes_of(folder / paths::kHealth, kLimit)};
    if (!summary.metrics.empty()) summaries.push_back(std::move(summary));
  }
  return summaries;
}

/// A file that is written under the lock of its folder.
template <class MakeBytes>
void write_locked(const fs::path& file, MakeBytes make, Losses& losses) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  store::Projection projection(folder.string());
  int failure = projection.open();
  if (failure == 0) failure = projection.put(file.filename().string(), make());
  losses.note(failure, file.string());
}

void add_line(std::string& text, std::string_view line) { text.append(line).push_back('\n'); }

}  // namespace

void Losses::note(int error, const std::string& file) {
  if (error == 0) return;
  if (count++ == 0) first = file + ": " + std::generic_category().message(error);
}

void Losses::add(const Losses& other) {
  if (count == 0) first = other.first;
  count += other.count;
}

PlatformRunFolder::PlatformRunFolder(const std::string& runs_root, const std::string& platform_run_id)
    : is_placed_(!runs_root.empty()), folder_((fs::path(runs_root) / platform_run_id).string()), projection_(folder_) {}

void PlatformRunFolder::open() {
  if (is_placed_) failure_ = projection_.open();
}

bool PlatformRunFolder::put(const char* path, const std::string& bytes) {
  if (!is_placed_) return true;
  const int failure = failure_ != 0 ? failure_ : projection_.put(path, bytes);
  losses_.note(failure, folder_ + "/" + path);
  if (failure != 0) return false;
  written_.push_back(
      {fs::path(path).stem().string(), path, identity::sha256_hex(bytes), static_cast<std::int64_t>(bytes.size())});
  return true;
}

/// A marker says that a line was written, so it comes after the line.
void PlatformRunFolder::put_lists(const SignalLists& lists) {
  const bool told = put(paths::kGovernance, text_of(lists.governance));
  if (told && is_placed_) {
    std::vector<std::string> names;
    for (const auto& line : lists.governance) names.push_back(line.event_id + ".json");
    const int failure = projection_.put_each(paths::kMarkers, names, kMarker);
    losses_.note(failure, folder_ + "/" + paths::kMarkers);
    if (failure == 0) markers_ = static_cast<std::int64_t>(names.size());
  }
  put(paths::kAudits, text_of(lists.audits));
  put(paths::kControl, text_of(lists.control));
}

Summary PlatformRunFolder::put_summaries(const observability::Account& account) {
  Summary summary{observability::metrics_document(account), observability::health_document(account)};
  put(paths::kMetrics, summary.metrics);
  put(paths::kHealth, summary.health);
  put(paths::kReconciliation, observability::reconciliation_document(account));
  put(paths::kContribution, observability::contribution_document(account));
  return summary;
}

Summary PlatformRunFolder::write(observability::Account& account, const SignalLists& lists) {
  account.governance_events = static_cast<std::int64_t>(lists.governance.size());
  put_lists(lists);
  account.dropped_signals = losses_.count;
  auto summary = put_summaries(account);
  put(paths::kIndex, observability::index_document(account, written_, markers_));
  return summary;
}

void write_textfile(const std::string& folder, const std::string& runs_root, const std::vector<Summary>& exported,
                    observability::Figures::Format format, Losses& losses) {
  const auto text = [&] {
    observability::Figures figures;
    for (const auto& [metrics, health] : runs_root.empty() ? exported : summaries_below(runs_root))
      figures.add(metrics, health);
    return figures.text(format);
  };
  write_locked(fs::path(folder) / kTextfile, text, losses);
}

void write_lineage(const std::string& file, const std::map<std::string, std::vector<SignalLine>>& exported,
                   Losses& losses) {
  const auto text = [&] {
    std::map<std::string, std::string> texts;
    const std::string before = bytes_of(file, kLongestLineage);
    for (std::size_t from = 0, end = 0; (end = before.find('\n', from)) != std::string::npos; from = end + 1) {
      const std::string line = before.substr(from, end - from);
      const std::string platform_run = observability::platform_run_of_lineage(line);
      if (!platform_run.empty() && !exported.contains(platform_run)) add_line(texts[platform_run], line);
    }
    for (const auto& [platform_run, lines] : exported) texts[platform_run] = text_of(lines);
    std::string whole;
    for (const auto& [platform_run, lines] : texts) whole += lines;
    return whole;
  };
  write_locked(file, text, losses);
}

}  // namespace mf::factory
