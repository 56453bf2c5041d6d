// Reordering, white space and key order never change an identity; any changed meaning does.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "mf/contracts/profile_lock.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/identity/recipes.hpp"
#include "support/hard_json_values.hpp"
#include "support/requests.hpp"

namespace mf::contracts {
namespace {

using mf::testing::Spelling;
using mf::testing::utf8_of;
using nlohmann::json;
using Pointer = json::json_pointer;

// Requests.

/// The characters that Python's str.strip takes away.
constexpr std::uint32_t kBlanks[] = {0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x1C,   0x1D,   0x1E,   0x1F,   0x20,
                                     0x85,   0xA0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
                                     0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};

/// A text with quotes, braces and letters of all lengths in it, and no blank at its ends.
rc::Gen<std::string> any_label() {
  const auto piece = rc::gen::elementOf(
      std::vector<std::string>{"a", "B", "7", "\"", "\\", ",", ":", "{", "}", "[", "]", "@", "/", " ",
                               "\"config_revision\":\"", "\xC3\xA9", "e\xCC\x81", "\xF0\x9F\x98\x80", "\xE2\x80\x8B"});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& pieces) {
    std::string text = "r";
    for (const auto& one : pieces) text += one;
    return text + ".";
  });
}

rc::Gen<std::string> any_key() {
  return rc::gen::map(rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcXYZ019_.:+=-"))),
                      [](const std::string& text) { return "store/k" + text + "/file.json"; });
}

rc::Gen<std::string> any_ref() {
  const auto pin = [](const std::string& key) {
    return key + "@sha256:" + std::string(64, key.size() % 2 ? 'a' : '0');
  };
  return rc::gen::oneOf(any_key(), rc::gen::map(any_key(), pin));
}

json any_request_document() {
  json request = mf::testing::a_request_document();
  request["intent_kind"] =
      *rc::gen::elementOf(std::vector<std::string>{"baseline_train", "backfill_retrain", "candidate_eval"});
  request["dataset_manifest_refs"] = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(any_ref()));
  request["training_config_ref"] = *any_ref();
  request["governance_profile_ref"] = *any_ref();
  for (const char* name : {"environment", "mode", "bundle_slot"}) request["target_scope"][name] = *any_label();
  if (*rc::gen::arbitrary<bool>()) request["target_scope"]["tenant_id"] = *any_label();
  for (const char* name : {"policy_revision", "config_revision", "mf_code_release_id"}) request[name] = *any_label();
  request["publish_allowed"] = *rc::gen::arbitrary<bool>();
  return request;
}

RequestIdentity identity_of_document(const json& request) { return identity_of(mf::testing::read(request)); }

struct Change {
  const char* what;
  std::function<void(json&, Spelling&)> make;
};

std::string blank_text(Spelling& dice) {
  std::string text;
  for (std::size_t i = dice.below(4); i > 0; --i) text += utf8_of(kBlanks[dice.below(std::size(kBlanks))]);
  return text;
}

void pad(json& text, Spelling& dice) { text = blank_text(dice) + text.get<std::string>() + blank_text(dice); }

void pad_every_text(json& request, Spelling& dice) {
  for (const char* name : {"platform_run_id", "training_config_ref", "governance_profile_ref", "requester_principal",
                           "policy_revision", "config_revision", "mf_code_release_id"})
    pad(request[name], dice);
  for (auto& text : request["target_scope"]) pad(text, dice);
  for (auto& ref : request["dataset_manifest_refs"]) pad(ref, dice);
}

json& refs_of(json& request) { return request["dataset_manifest_refs"]; }

/// What nobody asked for differently: not even the payload hash changes.
const Change kSpellings[] = {
    {"another request id", [](json& request, Spelling&) { request["request_id"] = "another-request"; }},
    {"blanks around every text", pad_every_text},
    {"a blank ref",
     [](json& request, Spelling& dice) {
       auto& refs = refs_of(request);
       refs.insert(refs.begin() + static_cast<std::ptrdiff_t>(dice.below(refs.size() + 1)), " " + blank_text(dice));
     }},
    {"a publish flag that says what its absence says",
     [](json& request, Spelling&) {
       if (request["publish_allowed"] == false) request.erase("publish_allowed");
     }},
};

/// What asks for the same run in another way: the payload hash tells, the run's name does not.
const Change kOtherAsks[] = {
    {"a ref again",
     [](json& request, Spelling& dice) {
       auto& refs = refs_of(request);
       refs.push_back(json(refs[dice.below(refs.size())]));
     }},
    {"another requester", [](json& request, Spelling&) { request["requester_principal"] = "HUMAN::another"; }},
    {"the other publish flag",
     [](json& request, Spelling&) { request["publish_allowed"] = !request["publish_allowed"].get<bool>(); }},
};

void add_to(json& request, const char* pointer, const std::string& text) {
  auto& value = request[Pointer(pointer)];
  value = value.get<std::string>() + text;
}

/// What means another run.
const Change kMeanings[] = {
    {"another intent", [](json& request, Spelling&) { request["intent_kind"] = "regression_check"; }},
    {"another platform run", [](json& request, Spelling&) { add_to(request, "/platform_run_id", "x"); }},
    {"a manifest more", [](json& request, Spelling&) { refs_of(request).push_back("store/of/another/manifest.json"); }},
    {"another manifest",
     [](json& request, Spelling& dice) {
       auto& refs = refs_of(request);
       refs[dice.below(refs.size())] = "store/of/another/manifest.json";
     }},
    {"another training profile",
     [](json& request, Spelling&) { request["training_config_ref"] = "store/of/another/profile.yaml"; }},
    {"another governance profile",
     [](json& request, Spelling&) { request["governance_profile_ref"] = "store/of/another/profile.yaml"; }},
    {"another environment", [](json& request, Spelling&) { add_to(request, "/target_scope/environment", "x"); }},
    {"another mode", [](json& request, Spelling&) { add_to(request, "/target_scope/mode", "\""); }},
    {"another slot", [](json& request, Spelling&) { add_to(request, "/target_scope/bundle_slot", "\\"); }},
    {"a tenant or none",
     [](json& request, Spelling&) {
       auto& scope = request["target_scope"];
       if (scope.erase("tenant_id") == 0) scope["tenant_id"] = "t";
     }},
    {"another policy revision", [](json& request, Spelling&) { add_to(request, "/policy_revision", "x"); }},
    {"another configuration", [](json& request, Spelling&) { add_to(request, "/config_revision", "x"); }},
    {"another release", [](json& request, Spelling&) { add_to(request, "/mf_code_release_id", "x"); }},
    {"a blank that does not show and is none",
     [](json& request, Spelling&) { add_to(request, "/config_revision", "\xE2\x80\x8B"); }},
    {"upper case",
     [](json& request, Spelling&) {
       request["policy_revision"] = "R" + request["policy_revision"].get<std::string>().substr(1);
     }},
};

/// A request, changed in one way; the changed one is written in any order with any white space.
struct Pair {
  RequestIdentity before, after;
};

Pair identities(json request, const Change& change, Spelling& dice) {
  const auto before = identity_of_document(request);
  change.make(request, dice);
  return {before, identity_of(read_request(dice.of(request), "request.json"))};
}

RC_GTEST_PROP(RequestIdentity, IsNotChangedBySpelling, (std::uint64_t seed)) {
  Spelling dice(seed);
  const json request = any_request_document();
  for (const auto& change : kSpellings) {
    const auto pair = identities(request, change, dice);
    if (pair.after.train_run_key != pair.before.train_run_key || pair.after.run_id != pair.before.run_id ||
        pair.after.request_payload_hash != pair.before.request_payload_hash)
      RC_FAIL(change.what);
  }
}

RC_GTEST_PROP(RequestIdentity, NamesOneRunForAllWaysToAskForIt, (std::uint64_t seed)) {
  Spelling dice(seed);
  const json request = any_request_document();
  for (const auto& change : kOtherAsks) {
    const auto pair = identities(request, change, dice);
    if (pair.after.train_run_key != pair.before.train_run_key || pair.after.run_id != pair.before.run_id)
      RC_FAIL(change.what);
    if (pair.after.request_payload_hash == pair.before.request_payload_hash) RC_FAIL(change.what);
  }
}

RC_GTEST_PROP(RequestIdentity, HearsTheOrderOfManifestsInThePayloadHashAlone, (std::uint64_t seed)) {
  Spelling dice(seed);
  json request = any_request_document();
  const auto before = identity_of_document(request);
  auto refs = request["dataset_manifest_refs"].get<std::vector<std::string>>();
  dice.shuffle(refs);
  const bool same_order = request["dataset_manifest_refs"] == json(refs);
  request["dataset_manifest_refs"] = refs;
  const auto after = identity_of_document(request);
  RC_ASSERT(after.train_run_key == before.train_run_key);
  RC_ASSERT(after.run_id == before.run_id);
  RC_ASSERT((after.request_payload_hash == before.request_payload_hash) == same_order);
}

RC_GTEST_PROP(RequestIdentity, IsChangedByEveryChangeOfMeaning, (std::uint64_t seed)) {
  Spelling dice(seed);
  const json request = any_request_document();
  for (const auto& change : kMeanings) {
    const auto pair = identities(request, change, dice);
    if (pair.after.train_run_key == pair.before.train_run_key || pair.after.run_id == pair.before.run_id ||
        pair.after.request_payload_hash == pair.before.request_payload_hash)
      RC_FAIL(change.what);
  }
}

/// Fields that stand side by side in one text or another.
constexpr std::pair<const char*, const char*> kNeighbours[] = {
    {"/policy_revision", "/config_revision"},
    {"/config_revision", "/mf_code_release_id"},
    {"/config_revision", "/dataset_manifest_refs/0"},
    {"/training_config_ref", "/governance_profile_ref"},
    {"/dataset_manifest_refs/0", "/dataset_manifest_refs/1"},
    {"/target_scope/bundle_slot", "/target_scope/environment"},
    {"/target_scope/environment", "/target_scope/mode"},
    {"/target_scope/mode", "/target_scope/tenant_id"},
    {"/policy_revision", "/target_scope/bundle_slot"},
};

RC_GTEST_PROP(RequestIdentity, KnowsToWhichFieldACharacterBelongs, ()) {
  const auto [left, right] = *rc::gen::elementOf(
      std::vector<std::pair<const char*, const char*>>(std::begin(kNeighbours), std::end(kNeighbours)));
  const bool refs = std::string_view(left).find("ref") != std::string_view::npos ||
                    std::string_view(right).find("ref") != std::string_view::npos;
  // Refs take no quotes; every other field takes what JSON is written with.
  const std::string letters = refs ? "ab.:_-" : "ab\",:{}[]\\";
  const auto text = *rc::gen::suchThat(rc::gen::container<std::string>(rc::gen::elementOf(letters)),
                                       [](const std::string& any) { return any.size() >= 3; });
  const auto at = *rc::gen::inRange<std::size_t>(1, text.size());
  const auto other = *rc::gen::inRange<std::size_t>(1, text.size());
  RC_PRE(at != other);
  json request = any_request_document();
  request["dataset_manifest_refs"] = {"k1", "k2"};
  const auto split_at = [&](std::size_t place) {
    const std::string prefix = refs ? "k" : "";
    request[Pointer(left)] = prefix + text.substr(0, place);
    request[Pointer(right)] = prefix + text.substr(place);
    return identity_of_document(request);
  };
  const auto one = split_at(at);
  const auto another = split_at(other);
  const bool same_set = std::string_view(left).starts_with("/dataset_manifest_refs") &&
                        text.substr(0, at) == text.substr(other) && text.substr(at) == text.substr(0, other);
  RC_ASSERT((one.train_run_key == another.train_run_key) == same_set);
  RC_ASSERT(one.request_payload_hash != another.request_payload_hash);
}

// Documents.

json example(const std::string& path) {
  std::ifstream file(std::string(MF_SOURCE_DIR) + "/schemas/examples/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return json::parse(text.str());
}

json any_example() {
  return example(*rc::gen::elementOf(
      std::vector<std::string>{"dataset_manifest.v1/valid-demo.json", "dataset_manifest.v0/valid-replayed.json",
                               "dataset_materialization.v1/valid-demo.json", "training_profile.v1/valid-demo.json",
                               "governance_profile.v1/valid-demo.json"}));
}

/// The same content as YAML: block or flow style, keys in any order, with comments.
class YamlSpelling {
 public:
  explicit YamlSpelling(std::uint64_t seed) : dice_(seed) {}

  std::string of(const json& value) { return "# " + std::to_string(dice_.below(99)) + "\n" + block(value, ""); }

 private:
  std::string block(const json& value, const std::string& indent) {
    if (!value.is_structured() || value.empty() || dice_.below(4) == 0) return indent + flow(value) + "\n";
    std::string out;
    if (value.is_array())
      for (const auto& element : value) out += indent + "-\n" + block(element, indent + "  ");
    for (const auto& name : names_of(value))
      out += indent + quoted(name) + ":" + (dice_.below(2) == 0 ? "  # note" : "") + "\n" +
             block(value[name], indent + "  ");
    return out;
  }

  std::string flow(const json& value) {
    std::string out;
    if (value.is_array()) {
      for (const auto& element : value) out += (out.empty() ? "" : ", ") + flow(element);
      return "[" + out + "]";
    }
    if (value.is_object()) {
      for (const auto& name : names_of(value))
        out += (out.empty() ? "" : ", ") + quoted(name) + ": " + flow(value[name]);
      return "{" + out + "}";
    }
    if (value.is_string()) return quoted(value.get<std::string>());
    return value.is_number_float() ? number(value.get<double>()) : value.dump();
  }

  std::vector<std::string> names_of(const json& value) {
    std::vector<std::string> names;
    if (value.is_object())
      for (const auto& [name, member] : value.items()) names.push_back(name);
    dice_.shuffle(names);
    return names;
  }

  std::string quoted(const std::string& text) {
    const bool word = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos && text.size() > 5;
    if (word && dice_.below(2) == 0) return text;
    return dice_.below(2) == 0 ? "'" + text + "'" : "\"" + text + "\"";
  }

  /// YAML of both versions wants a point before the exponent.
  static std::string number(double value) {
    std::string text = identity::canonical_number(value);
    const std::size_t e = text.find('e');
    if (e != std::string::npos && text.find('.') == std::string::npos) text.insert(e, ".0");
    return text;
  }

  Spelling dice_;
};

RC_GTEST_PROP(DigestOfDocument, IsTheSameForEverySpellingInJsonAndYaml, (std::uint64_t seed)) {
  const json document = any_example();
  const std::string digest = identity::document_digest(document);
  RC_ASSERT(digest_of_document(Spelling(seed).of(document), Syntax::json, "document.json") == digest);
  RC_ASSERT(digest_of_document(YamlSpelling(seed).of(document), Syntax::yaml, "document.yaml") == digest);
}

void change_scalar(json& value) {
  if (value.is_string()) {
    value = value.get<std::string>() + "x";
  } else if (value.is_boolean()) {
    value = !value.get<bool>();
  } else if (value.is_number_integer()) {
    value = value.get<std::int64_t>() + 1;
  } else if (value.is_number_float()) {
    value = std::nextafter(value.get<double>(), 2.0);
  } else {
    value = 0;
  }
}

/// The pointers to every scalar of `document`.
std::vector<std::string> scalars_of(const json& document) {
  std::vector<std::string> pointers;
  const json flat = document.flatten();
  for (const auto& [pointer, value] : flat.items()) pointers.push_back(pointer);
  return pointers;
}

RC_GTEST_PROP(DigestOfDocument, IsChangedByEveryScalar, (std::uint64_t seed)) {
  json document = any_example();
  const std::string before = identity::document_digest(document);
  const Pointer pointer(*rc::gen::elementOf(scalars_of(document)));
  change_scalar(document[pointer]);
  RC_ASSERT(digest_of_document(Spelling(seed).of(document), Syntax::json, "document.json") != before);
}

RC_GTEST_PROP(DigestOfDocument, IsChangedByAKeyMoreOrLess, ()) {
  const json document = any_example();
  const Pointer pointer(*rc::gen::elementOf(scalars_of(document)));
  json less = document;
  auto& parent = less[pointer.parent_pointer()];
  if (parent.is_object()) {
    parent.erase(pointer.back());
  } else {
    parent.erase(parent.begin());
  }
  json more = document;
  more["note"] = nullptr;
  RC_ASSERT(identity::document_digest(less) != identity::document_digest(document));
  RC_ASSERT(identity::document_digest(more) != identity::document_digest(document));
}

TEST(DigestOfDocument, TellsOneKindOfValueFromAnother) {
  const std::vector<const char*> documents = {"1",  "1.0", "\"1\"", "true", "\"true\"", "null", "\"null\"", "[]",
                                              "{}", "[1]", "[[1]]", "\"\"", "0",        "-0.0", "0.0",      "false"};
  std::set<std::string> digests;
  for (const char* text : documents) digests.insert(digest_of_document(text, Syntax::json, "document.json"));
  EXPECT_EQ(digests.size(), documents.size());
}

// Inputs and bundles.

using Inputs = std::vector<std::pair<std::string, std::string>>;

Inputs any_inputs() {
  return *rc::gen::nonEmpty(rc::gen::container<Inputs>(
      rc::gen::pair(rc::gen::elementOf(std::vector<std::string>{"data_file", "dataset_manifest", "training_profile"}),
                    rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\",:{}"))))));
}

RC_GTEST_PROP(InputFingerprint, DoesNotDependOnTheOrderOfInputs, (std::uint64_t seed)) {
  const Inputs inputs = any_inputs();
  Inputs shuffled = inputs;
  Spelling(seed).shuffle(shuffled);
  RC_ASSERT(identity::input_fingerprint(shuffled) == identity::input_fingerprint(inputs));
}

RC_GTEST_PROP(InputFingerprint, IsChangedByEveryRoleAndDigest, ()) {
  const Inputs inputs = any_inputs();
  const std::string before = identity::input_fingerprint(inputs);
  const auto place = *rc::gen::inRange<std::size_t>(0, inputs.size());
  Inputs changed = inputs;
  changed[place].first += "x";
  RC_ASSERT(identity::input_fingerprint(changed) != before);
  changed = inputs;
  changed[place].second += "x";
  RC_ASSERT(identity::input_fingerprint(changed) != before);
  changed = inputs;
  changed.push_back(inputs[place]);
  RC_ASSERT(identity::input_fingerprint(changed) != before);
  changed = inputs;
  changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(place));
  RC_ASSERT(identity::input_fingerprint(changed) != before);
}

RC_GTEST_PROP(InputFingerprint, IsTheSameForTheSameInputsOnly, ()) {
  Inputs one = any_inputs();
  Inputs other = any_inputs();
  const bool same_fingerprint = identity::input_fingerprint(one) == identity::input_fingerprint(other);
  std::sort(one.begin(), one.end());
  std::sort(other.begin(), other.end());
  RC_ASSERT(same_fingerprint == (one == other));
}

json bundle_content() {
  json content = example("bundle_manifest.v1/valid-demo.json");
  content.erase("bundle_id");
  content.erase("bundle_version");
  return content;
}

RC_GTEST_PROP(BundleId, DoesNotDependOnSpelling, (std::uint64_t seed)) {
  static const json kContent = bundle_content();
  RC_ASSERT(identity::bundle_id(json::parse(Spelling(seed).of(kContent))) == identity::bundle_id(kContent));
}

TEST(BundleId, IsChangedByEveryScalarOfItsContent) {
  const json content = bundle_content();
  std::set<std::string> ids{identity::bundle_id(content)};
  const auto pointers = scalars_of(content);
  for (const auto& pointer : pointers) {
    json changed = content;
    change_scalar(changed[Pointer(pointer)]);
    ids.insert(identity::bundle_id(changed));
  }
  EXPECT_EQ(ids.size(), pointers.size() + 1);
}

RC_GTEST_PROP(BundleVersion, KnowsToWhichFieldACharacterBelongs, ()) {
  const auto text = *rc::gen::suchThat(rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\",:{}\\"))),
                                       [](const std::string& any) { return any.size() >= 2; });
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  const auto other = *rc::gen::inRange<std::size_t>(0, text.size());
  RC_PRE(at != other);
  const auto version = [&](std::size_t place) {
    return identity::bundle_version("0123", text.substr(0, place), text.substr(place));
  };
  RC_ASSERT(version(at) != version(other));
}

}  // namespace
}  // namespace mf::contracts
