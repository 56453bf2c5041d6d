#pragma once
// Holding documents against their JSON Schemas.

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mf::contracts {

/// What a value breaks first: missing and unknown keys of an object before its members, in the schema's order.
struct Violation {
  enum class Kind { misfit, missing, unknown };
  std::string pointer;   ///< JSON pointer of the field, `/` for the document itself
  std::string found;     ///< the shape of what was there, such as `a string of 5 characters`
  std::string expected;  ///< what the schema allows
  std::string fix;       ///< what to do, with the nearest allowed word if there is one; may be empty
  Kind kind = Kind::misfit;
};

/// A compiled schema.
class Schema {
 public:
  explicit Schema(std::string_view text);
  ~Schema();
  Schema(Schema&&) noexcept;

  /// Nothing when `value` fits: valijson decides, and texts marked "x-mf-id": true have no hidden character. Otherwise
  /// the first violation, in words.
  [[nodiscard]] std::optional<Violation> check(const nlohmann::json& value) const;

  /// `value` without the fields marked "x-mf-circumstance": true.
  [[nodiscard]] nlohmann::json without_circumstance(const nlohmann::json& value) const;

  /// The names of the document's own fields.
  [[nodiscard]] std::vector<std::string> properties() const;

 private:
  struct Compiled;
  nlohmann::json text_;
  bool names_ids_;  ///< whether any field is marked "x-mf-id"
  std::unique_ptr<Compiled> compiled_;
};

/// The shape of a value, for messages: never the value itself where it could be a secret.
std::string shape_of(const nlohmann::json& value);

}  // namespace mf::contracts
