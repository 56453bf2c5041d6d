#include "mf/factory/doctor.hpp"

#include <thread>

#include "mf/dataset/parquet_support.hpp"
#include "mf/engine/booster.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

constexpr const char* kProbe = "mf doctor writes this file to see whether it can.\n";
constexpr const char* kOtherProbe = "and these bytes must not replace it.\n";

/// Runs one check; what it throws becomes a finding.
template <class Check>
bool passes(Result& result, const std::string& name, Check check) {
  try {
    result.lines.push_back("ok    " + name + ": " + check());
    result.figures.emplace_back(name, "ok");
    return true;
  } catch (const Error& error) {
    result.lines.push_back("BAD   " + name + ": " + error.message());
    result.lines.push_back("      fix: " + error.hint());
    result.figures.emplace_back(name, std::string(error.row().name));
    return false;
  }
}

/// What some datasets need and others do not: its absence is told, and is no fault.
void tell_parquet(Result& result) {
  try {
    result.lines.push_back("ok    parquet: " + dataset::parquet_version());
    result.figures.emplace_back("parquet", "ok");
  } catch (const Error& error) {
    result.lines.push_back("none  parquet: " + error.message());
    result.lines.push_back("      to have it: " + error.hint());
    result.figures.emplace_back("parquet", std::string(error.row().name));
  }
}

/// Writes, reads back, and makes sure that nothing is ever replaced.
std::string probe(store::ArtifactStore& store) {
  using Put = store::ArtifactStore::Put;
  const std::string key = store::layout::doctor_probe();
  if (store.put_if_absent(key, kProbe) == Put::conflict || store.find(key) != kProbe)
    throw Error(Code::STORE_UNAVAILABLE, store.describe() + " does not give back what was written", {{"key", key}});
  if (store.put_if_absent(key, kOtherProbe) != Put::conflict || store.find(key) != kProbe)
    throw Error(Code::STORE_UNAVAILABLE, store.describe() + " replaces what is there", {{"key", key}},
                "Use a store that creates without replacing.");
  return store.describe() + " keeps what is written and replaces nothing";
}

std::string machine() { return std::to_string(std::thread::hardware_concurrency()) + " processors"; }

}  // namespace

Result examine(const std::string& profile_path, const Clock& clock, observability::Journal& journal) {
  Result result;
  std::optional<Workshop> workshop;
  bool healthy = passes(result, "profile and store", [&] {
    workshop.emplace(open_workshop(profile_path, clock, journal));
    return profile_path + ", " + probe(*workshop->artifacts);
  });
  if (workshop) healthy = passes(result, "registry", [&] { return probe(*open_registry(*workshop)); }) && healthy;
  healthy = passes(result, "engine", [] { return "xgboost " + engine::engine_version(); }) && healthy;
  tell_parquet(result);
  healthy = passes(result, "machine", machine) && healthy;
  result.outcome = healthy ? "HEALTHY" : "UNHEALTHY";
  result.exit_status = healthy ? 0 : 1;
  return result;
}

}  // namespace mf::factory
