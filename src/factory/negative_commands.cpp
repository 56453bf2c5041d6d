#include <nlohmann/json.hpp>

#include "factory/negative_matrix.hpp"
#include "mf/factory/demo.hpp"
#include "mf/factory/fixtures.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/observability/journal.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;

Result opened(const NegativePlace& place) {
  static_cast<void>(place.open());
  return {};
}

Result read_from(const std::string& path) {
  static_cast<void>(read_named_file(path, "the file " + path));
  return {};
}

const contracts::DocumentKind& kind_of(std::string_view schema_version) {
  for (const auto& kind : contracts::document_kinds())
    if (kind.schema_version == schema_version) return kind;
  throw Error(Code::INTERNAL, "there is no kind " + std::string(schema_version));
}

/// A profile in which `field` says what it may not.
std::function<Result(const NegativePlace&)> wired(std::string field, json value) {
  return [field = std::move(field), value = std::move(value)](const NegativePlace& place) {
    place.wire(field, value);
    return opened(place);
  };
}

Result outside_the_boundaries(const NegativePlace& place) {
  place.write("boundaries.json", json{{"schema_version", "mf.ownership_boundaries.v1"},
                                      {"revision", "r1"},
                                      {"owners", {{{"owner", "ofs"}, {"outputs", {"dataset_manifest"}}}}}}
                                     .dump());
  place.wire("ownership_boundaries", "boundaries.json");
  return opened(place);
}

Result out_of_scope(const NegativePlace& place) {
  place.wire("required_platform_run_id", "platform_20270101T000000Z");
  return place.whole_run();
}

Result without_profile(const NegativePlace& place) {
  place.remove("mf.yaml");
  return opened(place);
}

Result without_reason(const NegativePlace& /*place*/) {
  require_sound({"SYSTEM::mf_prove", ""});
  return {};
}

Result over_other_files(const NegativePlace& place) {
  place.write("notes.txt", "somebody else's");
  const auto silence = observability::open_silence();
  return write_demo(place.path().string(), {.seed = 7, .transactions = 1000}, *silence);
}

Result broken_document(const NegativePlace& /*place*/) {
  return validate_document(kind_of("mf.fixture_set.v1"), R"({"schema_version": "mf.fixture_set.v1"})", "fixtures.json");
}

}  // namespace

std::vector<NegativeCase> negative_commands() {
  const auto* phase = "command";
  const auto at = Come::laid_out;
  return {
      refused("a cancellation without a reason", phase, Code::USAGE, at, without_reason),
      refused("no platform profile", phase, Code::PROFILE_MISSING, at, without_profile),
      refused("a platform profile with a misspelt key", phase, Code::PROFILE_INVALID, at, wired("trheads", 2)),
      refused("a store of a class that is none", phase, Code::PROFILE_INVALID, at,
              wired("object_store", {{"class", "cloud"}, {"root", "store"}})),
      refused("an environment that is none", phase, Code::PROFILE_INVALID, at, wired("environment", "staging")),
      refused("a folder as the store of a shared environment", phase, Code::PROFILE_INVALID, at,
              wired("environment", "local_parity")),
      refused("a platform run outside the profile's scope", phase, Code::RUN_SCOPE_INVALID, at, out_of_scope),
      refused("ownership boundaries that leave Model Factory out", phase, Code::OWNERSHIP_BOUNDARY_VIOLATION, at,
              outside_the_boundaries),
      refused("a store that is not there", phase, Code::STORE_UNAVAILABLE, at,
              wired("object_store", {{"class", "filesystem"}, {"root", "absent"}})),
      refused("a file that is not there", phase, Code::FILE_NOT_FOUND, at,
              [](const auto& place) { return read_from(place.path("absent.json").string()); }),
      refused("a folder in place of a file", phase, Code::FILE_NOT_READABLE, at,
              [](const auto& place) { return read_from(place.path("store").string()); }),
      refused("a file whose disk does not answer", phase, Code::FILE_UNAVAILABLE, at,
              [](const auto& /*place*/) { return read_from("/proc/self/mem"); }),
      refused("a demo over other files", phase, Code::DESTINATION_NOT_EMPTY, at, over_other_files),
      refused("a document that breaks its schema", phase, Code::DOCUMENT_INVALID, at, broken_document),
  };
}

}  // namespace mf::factory
