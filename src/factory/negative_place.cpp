#include "factory/negative_place.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "mf/identity/canonical_json.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/ref.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;
namespace layout = store::layout;

constexpr const char* kStore = "store/";

/// Scratch files are made for one process and one moment: a disk that refuses them ends the proof.
void require(bool done, const fs::path& file) {
  if (!done)
    throw Error(Code::FILE_UNAVAILABLE, "cannot use the scratch file " + file.string(), {{"file", file.string()}});
}

/// The digests that an event gives, as they are now.
void renew_digests(json& event, const NegativePlace& place) {
  auto& detail = event["detail"];
  for (auto& [name, value] : detail.items()) {
    if (!name.ends_with("_sha256")) continue;
    const std::string ref = name.substr(0, name.size() - 7) + "_ref";
    if (detail.contains(ref)) value = identity::sha256_hex(place.read(kStore + detail[ref].get<std::string>()));
  }
}

}  // namespace

void NegativePlace::lay_out() const {
  fs::create_directories(path("store"));
  fs::create_directories(path("registry"));
  write("mf.yaml", made_platform_profile().dump());
  write(std::string(kStore) + kMadeTrainingProfile, made_training_profile().dump());
  write(std::string(kStore) + kMadeGovernanceProfile, made_governance_profile().dump());
  write("request.json", made_request(put({})).dump());
}

std::string NegativePlace::read(const std::string& file) const {
  std::ifstream stream(path(file), std::ios::binary);
  require(stream.good(), path(file));
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void NegativePlace::write(const std::string& file, const std::string& bytes) const {
  fs::create_directories(path(file).parent_path());
  std::ofstream stream(path(file), std::ios::binary | std::ios::trunc);
  stream << bytes;
  stream.close();
  require(stream.good(), path(file));
}

void NegativePlace::remove(const std::string& file) const { require(fs::remove(path(file)), path(file)); }

void NegativePlace::change_one_digit(const std::string& file) const {
  std::string bytes = read(file);
  const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2);
  const auto digit = std::find_if(middle, bytes.end(), [](char c) { return c >= '0' && c <= '9'; });
  require(digit != bytes.end(), path(file));
  *digit = *digit == '7' ? '3' : '7';
  write(file, bytes);
}

void NegativePlace::edit(const std::string& file, const Change& change) const {
  json document = json::parse(read(file));
  change(document);
  write(file, identity::canonical_json(document) + "\n");
}

void NegativePlace::ask(const std::string& field, const json& value) const {
  edit("request.json", [&](json& request) {
    if (value.is_null())
      request.erase(field);
    else
      request[field] = value;
  });
}

void NegativePlace::wire(const std::string& field, const json& value) const {
  edit("mf.yaml", [&](json& profile) { profile[field] = value; });
}

std::string NegativePlace::put(const MadeDataset& dataset) const {
  const auto files = files_of(dataset);
  for (const auto& file : files) write(kStore + file.key, file.bytes);
  return identity::pinned(files.back().key, identity::sha256_hex(files.back().bytes));
}

void NegativePlace::ask_for(const MadeDataset& dataset) const {
  ask("dataset_manifest_refs", json::array({put(dataset)}));
}

void NegativePlace::take_registry_away() const { fs::rename(path("registry"), path("away")); }

void NegativePlace::bring_registry_back() const { fs::rename(path("away"), path("registry")); }

Workshop NegativePlace::open(StopRequest* stop) const {
  auto workshop = open_workshop(path("mf.yaml").string(), clock_, journal_, stop);
  workshop.cache.reset();
  return workshop;
}

contracts::TrainBuildRequest NegativePlace::request() const {
  return contracts::read_request(read("request.json"), "request.json");
}

layout::RunPlace NegativePlace::run() const {
  const auto asked = request();
  return {asked.platform_run_id, contracts::identity_of(asked).run_id};
}

ledger::RunState NegativePlace::state() const {
  const auto workshop = open();
  return ledger::RunLog(*workshop.artifacts, clock_, run()).read();
}

std::string NegativePlace::recorded(const RecordKind& kind) const {
  return kStore + require_recorded(state(), kind, run().run_key).ref;
}

std::string NegativePlace::event(std::int64_t number) const { return kStore + layout::ledger_event(run(), number); }

Result NegativePlace::tell(Story story, StopRequest* stop) const {
  auto workshop = open(stop);
  const auto place = admit(workshop, request());
  return story(workshop, place);
}

Result NegativePlace::whole_run() const {
  auto workshop = open();
  return factory::whole_run(workshop, request());
}

std::int64_t NegativePlace::times(const std::string& stage) const {
  const auto attempts = state().attempts;
  const auto found = attempts.find(stage);
  return found == attempts.end() ? 0 : found->second;
}

void NegativePlace::forge(const std::function<void(const NegativePlace&)>& change) const {
  const auto events = state().sequence;
  change(*this);
  std::string previous;
  for (std::int64_t number = 1; number <= events; ++number) {
    edit(event(number), [&](json& forged) {
      renew_digests(forged, *this);
      if (!previous.empty()) forged["previous_sha256"] = previous;
    });
    previous = identity::sha256_hex(read(event(number)));
  }
}

}  // namespace mf::factory
