#include "engine/feature_names.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "engine/xgboost_library.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

constexpr const char* kCategory = "c";
constexpr std::string_view kUncarried("[]<\0", 4);

void set_texts(const ModelHandle& model, const char* field, std::vector<const char*> texts) {
  call(xgboost().XGBoosterSetStrFeatureInfo(model.get(), field, texts.data(), texts.size()));
}

std::vector<std::string> texts_of(const ModelHandle& model, const char* field) {
  bst_ulong count = 0;
  const char** texts = nullptr;
  call(xgboost().XGBoosterGetStrFeatureInfo(model.get(), field, &count, &texts));
  return {texts, texts + count};
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

std::vector<const char*> type_names(const std::vector<std::size_t>& categories) {
  std::vector<const char*> types;
  types.reserve(categories.size());
  for (const std::size_t count : categories) types.push_back(count == 0 ? "float" : kCategory);
  return types;
}

void set_feature_names(const ModelHandle& model, const std::vector<std::string>& names,
                       const std::vector<std::size_t>& categories) {
  std::vector<const char*> texts;
  texts.reserve(names.size());
  for (const auto& name : names) texts.push_back(name.c_str());
  set_texts(model, "feature_name", texts);
  set_texts(model, "feature_type", type_names(categories));
}

std::vector<std::string> feature_names_of(const ModelHandle& model) { return texts_of(model, "feature_name"); }

std::vector<bool> category_features_of(const ModelHandle& model) {
  std::vector<bool> are_categories(feature_names_of(model).size(), false);
  const auto types = texts_of(model, "feature_type");
  for (std::size_t j = 0; j < std::min(types.size(), are_categories.size()); ++j)
    are_categories[j] = types[j] == kCategory;
  return are_categories;
}

}  // namespace mf::engine
