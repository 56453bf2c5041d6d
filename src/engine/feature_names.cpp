#include "engine/feature_names.hpp"

#include <set>
#include <string_view>

#include "engine/xgboost_library.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

constexpr std::string_view kUncarried("[]<\0", 4);

void set_texts(const ModelHandle& model, const char* field, std::vector<const char*> texts) {
  call(xgboost().XGBoosterSetStrFeatureInfo(model.get(), field, texts.data(), texts.size()));
}

}  // namespace

void require_portable_names(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  for (const auto& name : names) {
    const bool portable = name.find_first_of(kUncarried) == std::string::npos && seen.insert(name).second;
    if (portable) continue;
    throw Error(Code::ENGINE_FAILED, "XGBoost's readers refuse a model with the feature name \"" + name + "\"",
                {{"expected", "unique feature names without [, ] or <"}},
                "Rename the feature: names are unique and have no [, ] or <.");
  }
}

void set_feature_names(const ModelHandle& model, const std::vector<std::string>& names) {
  std::vector<const char*> texts;
  texts.reserve(names.size());
  for (const auto& name : names) texts.push_back(name.c_str());
  set_texts(model, "feature_name", texts);
  set_texts(model, "feature_type", std::vector<const char*>(names.size(), "float"));
}

std::vector<std::string> feature_names_of(const ModelHandle& model) {
  bst_ulong count = 0;
  const char** texts = nullptr;
  call(xgboost().XGBoosterGetStrFeatureInfo(model.get(), "feature_name", &count, &texts));
  return {texts, texts + count};
}

}  // namespace mf::engine
