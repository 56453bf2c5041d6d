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

}  // namespace

struct Schema::Compiled {
  valijson::Schema schema;

  explicit Compiled(const json& text) {
    valijson::SchemaParser parser;
    parser.populateSchema(Adapter(text), schema);
  }
  [[nodiscard]] bool fits(const json& value) const {
    // A validator keeps the patterns it has compiled, which cost far more than matching them.
    static thread_local valijson::Validator validator(valijson::Validator::kStrongTypes);
    return validator.validate(schema, Adapter(value), nullptr);
  }
};

Schema::Schema(std::string_view text)
    : text_(json::parse(text)),
      names_ids_(text.find("x-mf-id") != std::string_view::npos),
      compiled_(std::make_unique<Compiled>(text_)) {}

Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;

std::optional<Violation> Schema::check(const json& value) const {
  if (compiled_->fits(value)) return names_ids_ ? explain_hidden(text_, text_, value, "") : std::nullopt;
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
