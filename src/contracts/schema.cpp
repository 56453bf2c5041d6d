#include "contracts/schema.hpp"

#include <memory>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "contracts/schema_explanation.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

bool fits(const json& schema_text, const json& value) {
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(Adapter(schema_text), schema);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  return validator.validate(schema, Adapter(value), nullptr);
}

}  // namespace

Schema::Schema(std::string_view text) : text_(json::parse(text)) {}

std::optional<Violation> Schema::check(const json& value) const {
  if (fits(text_, value)) return {};
  if (auto violation = explain(text_, text_, value, "")) return violation;
  return Violation{"/", shape_of(value), "a document that fits its schema", ""};
}

json Schema::without_circumstance(const json& value) const { return strip_circumstance(text_, text_, value); }

std::vector<std::string> Schema::properties() const {
  std::vector<std::string> names;
  for (const auto& [name, schema] : text_.at("properties").items()) names.push_back(name);
  return names;
}

}  // namespace mf::contracts
