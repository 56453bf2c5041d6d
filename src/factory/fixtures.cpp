#include "mf/factory/fixtures.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "factory/profile_check.hpp"
#include "mf/contracts/document_check.hpp"
#include "mf/contracts/fixture_set.hpp"
#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
using contracts::DocumentKind;
using contracts::FixtureSet;

constexpr const char* kSetFile = "fixtures.json";

constexpr const char* kAccepted = "ACCEPTED";
constexpr const char* kRejected = "REJECTED";

bool is_document(const fs::path& file) {
  const auto ending = file.extension();
  return file.filename() != kSetFile && (ending == ".json" || ending == ".yaml" || ending == ".yml");
}

/// A link that leads in a circle leads to nothing.
bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code failure;
  std::vector<fs::path> entries;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure))
    entries.push_back(at->path());
  if (failure) refuse_named_file("read", folder.string(), failure.value());
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// The folders that hold a set: `folder` itself, or all those in it.
std::vector<fs::path> folders_of_sets(const fs::path& folder) {
  const auto entries = entries_of(folder);
  if (is_there(folder / kSetFile)) return {folder};
  std::vector<fs::path> folders;
  for (const auto& entry : entries)
    if (std::error_code ignored; fs::is_directory(entry, ignored)) folders.push_back(entry);
  if (folders.empty())
    throw Error(Code::FILE_NOT_FOUND, "there is no " + std::string(kSetFile) + " in " + folder.string(),
                {{"file", (folder / kSetFile).string()}},
                "Write one that names kind and expected outcomes; docs/formats/fixture_set.v1.md has the format.");
  return folders;
}

FixtureSet read_set(const fs::path& folder) {
  const std::string file = (folder / kSetFile).string();
  return contracts::read_fixture_set(read_named_file(file, file), file);
}

/// How reading one document ended.
struct Ending {
  FixtureSet::Expectation observed;
  std::string message;  ///< of a refusal
};

Ending accepted(const contracts::CheckedDocument& document) {
  Ending ending;
  ending.observed.outcome = kAccepted;
  ending.observed.content_digest = document.content_digest;
  if (const auto& identity = document.identity) {
    ending.observed.train_run_key = identity->train_run_key;
    ending.observed.train_run_id = identity->run_id;
    ending.observed.request_payload_hash = identity->request_payload_hash;
  }
  return ending;
}

Ending refused(const Error& error) {
  Ending ending;
  ending.observed.outcome = kRejected;
  ending.observed.code = error.row().name;
  if (const auto pointer = error.context().find("pointer"); pointer != error.context().end())
    ending.observed.pointer = pointer->second;
  ending.message = error.message();
  return ending;
}

/// The reader of the corridor; of a profile with what engine and metrics say of it.
contracts::CheckedDocument read_document(const DocumentKind& kind, std::string_view bytes, const std::string& where) {
  auto document = contracts::check_document(kind, bytes, where);
  if (kind.name == "training_profile.v1") read_usable_training_profile(bytes, where);
  if (kind.name == "governance_profile.v1") read_usable_governance_profile(bytes, where);
  return document;
}

Ending ending_of(const DocumentKind& kind, const fs::path& file) {
  try {
    const std::string bytes = read_named_file(file.string(), file.string());
    return accepted(read_document(kind, bytes, file.filename().string()));
  } catch (const Error& error) {
    return refused(error);
  }
}

std::string in_words(const FixtureSet::Expectation& end) {
  std::string words = end.outcome;
  if (end.code) words += " " + *end.code;
  if (end.pointer) words += " at " + *end.pointer;
  return words;
}

/// What of the expectation did not come true, in words; empty when all did.
std::string mismatch(const FixtureSet::Expectation& expected, const Ending& ending) {
  const auto& observed = ending.observed;
  const auto differs = [](const auto& wanted, const auto& found) { return wanted && wanted != found; };
  if (expected.outcome != observed.outcome || differs(expected.code, observed.code) ||
      differs(expected.pointer, observed.pointer)) {
    const std::string why = ending.message.empty() ? "" : ": " + ending.message;
    return "expected " + in_words(expected) + ", found " + in_words(observed) + why;
  }
  const auto other = [&](const char* name, const auto& wanted, const auto& found) {
    return differs(wanted, found) ? std::string(name) + " is " + found.value_or("not there") + ", expected " + *wanted
                                  : std::string();
  };
  for (const auto& words :
       {other("content_digest", expected.content_digest, observed.content_digest),
        other("train_run_key", expected.train_run_key, observed.train_run_key),
        other("train_run_id", expected.train_run_id, observed.train_run_id),
        other("request_payload_hash", expected.request_payload_hash, observed.request_payload_hash)})
    if (!words.empty()) return words;
  return "";
}

/// The documents of a set: those that are there, and those that are expected.
std::set<std::string> names_of(const fs::path& folder, const FixtureSet& set) {
  std::set<std::string> names;
  for (const auto& entry : entries_of(folder))
    if (is_document(entry)) names.insert(entry.filename().string());
  for (const auto& [name, expectation] : set.fixtures) names.insert(name);
  return names;
}

std::string check(const fs::path& folder, const std::string& name, const FixtureSet& set, const DocumentKind& kind) {
  const auto expectation = set.fixtures.find(name);
  if (expectation == set.fixtures.end()) return "has no entry in " + std::string(kSetFile);
  if (!is_there(folder / name)) return "is expected, and not in the folder";
  return mismatch(expectation->second, ending_of(kind, folder / name));
}

const DocumentKind& kind_of(const FixtureSet& set, const DocumentKind* demanded, const fs::path& folder) {
  const DocumentKind& kind = contracts::document_kind(set.kind);
  if (demanded != nullptr && demanded != &kind)
    throw Error(Code::USAGE,
                "--kind says " + std::string(demanded->name) + ", and the fixtures in " + folder.string() + " are of " +
                    std::string(kind.name),
                {}, "Leave --kind out, or name the folder of that kind.");
  return kind;
}

}  // namespace

Result validate_document(const DocumentKind& kind, std::string_view bytes, const std::string& where) {
  const auto document = read_document(kind, bytes, where);
  Result result;
  result.outcome = kAccepted;
  result.identity = document.identity;
  if (document.identity) result.run = document.identity->run_id;
  result.figures = {{"schema_version", std::string(kind.schema_version)}, {"content_digest", document.content_digest}};
  result.lines = {where + " is a valid " + std::string(kind.schema_version),
                  "content digest " + document.content_digest};
  return result;
}

Result check_fixtures(const std::string& folder, const DocumentKind* kind) {
  Result result;
  result.lines_alone = true;
  std::int64_t passed = 0;
  for (const auto& place : folders_of_sets(folder)) {
    const FixtureSet set = read_set(place);
    const DocumentKind& of_set = kind_of(set, kind, place);
    for (const auto& name : names_of(place, set)) {
      const std::string fault = check(place, name, set, of_set);
      if (fault.empty()) {
        ++passed;
      } else {
        result.lines.push_back((place == fs::path(folder) ? name : (place.filename() / name).string()) + ": " + fault);
      }
    }
  }
  const auto failed = static_cast<std::int64_t>(result.lines.size());
  result.outcome = failed == 0 ? "PASSED" : "FAILED";
  result.exit_status = failed == 0 ? 0 : 1;
  result.figures = {{"passed", passed}, {"failed", failed}, {"mismatches", result.lines}};
  result.lines.push_back(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed");
  return result;
}

}  // namespace mf::factory
