#pragma once
// How a document struct becomes JSON and back. Each document names its fields once, in a `describe` function template
// beside its struct's source; the visitors below write, read and list them.

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "mf/contracts/document.hpp"

namespace mf::contracts {

using nlohmann::json;

class FieldWriter;
class FieldReader;

template <class T>
json to_value(const T& field);
template <class T>
void from_value(const json& value, T& field);

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_list = false;
template <class T>
constexpr bool is_list<std::vector<T>> = true;
template <class T>
constexpr bool is_table = false;
template <class T>
constexpr bool is_table<std::map<std::string, T>> = true;
template <class T>
constexpr bool is_choice = false;
template <class... T>
constexpr bool is_choice<std::variant<T...>> = true;
template <class T>
constexpr bool is_scalar = std::is_arithmetic_v<T> || std::is_same_v<T, std::string>;

/// Writes fields into an object.
class FieldWriter {
 public:
  template <class T>
  void operator()(const char* name, T& field) {
    if constexpr (is_optional<T>) {
      if (field) object_[name] = to_value(*field);
    } else {
      object_[name] = to_value(field);
    }
  }
  /// An absent value is written as null, not left out.
  template <class T>
  void nullable(const char* name, std::optional<T>& field) {
    object_[name] = to_value(field);
  }
  json take() { return std::move(object_); }

 private:
  json object_ = json::object();
};

/// Reads fields out of an object that fits its schema.
class FieldReader {
 public:
  explicit FieldReader(const json& object) : object_(object) {}
  template <class T>
  void operator()(const char* name, T& field) {
    const auto member = object_.find(name);
    if (member != object_.end()) from_value(*member, field);
  }
  template <class T>
  void nullable(const char* name, std::optional<T>& field) {
    (*this)(name, field);
  }

 private:
  const json& object_;
};

/// Lists the names of fields.
class FieldLister {
 public:
  template <class T>
  void operator()(const char* name, T& /*field*/) {
    names_.emplace_back(name);
  }
  template <class T>
  void nullable(const char* name, std::optional<T>& /*field*/) {
    names_.emplace_back(name);
  }
  std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
};

template <class T>
json to_value(const T& field) {
  if constexpr (is_scalar<T>) {
    return field;
  } else if constexpr (is_optional<T>) {
    return field ? to_value(*field) : json(nullptr);
  } else if constexpr (is_list<T>) {
    json list = json::array();
    for (const auto& element : field) list.push_back(to_value(element));
    return list;
  } else if constexpr (is_table<T>) {
    json table = json::object();
    for (const auto& [name, member] : field) table[name] = to_value(member);
    return table;
  } else if constexpr (is_choice<T>) {
    return std::visit([](const auto& held) { return json(held); }, field);
  } else {
    FieldWriter writer;
    T copy = field;
    describe(writer, copy);
    return writer.take();
  }
}

template <class T>
void from_value(const json& value, T& field) {
  if constexpr (is_scalar<T>) {
    field = value.get<T>();
  } else if constexpr (is_optional<T>) {
    if (value.is_null()) return field.reset();
    from_value(value, field.emplace());
  } else if constexpr (is_list<T>) {
    field.clear();
    for (const auto& element : value) from_value(element, field.emplace_back());
  } else if constexpr (is_table<T>) {
    field.clear();
    for (const auto& [name, member] : value.items()) from_value(member, field[name]);
  } else if constexpr (is_choice<T>) {
    if (value.is_boolean()) field = value.get<bool>();
    if (value.is_number_integer()) field = value.get<std::int64_t>();
    if (value.is_number_float()) field = value.get<double>();
    if (value.is_string()) field = value.get<std::string>();
  } else {
    FieldReader reader(value);
    describe(reader, field);
  }
}

/// Refuses `value` unless it fits the schema of one of the versions of `struct_name`.
void require_valid(std::string_view struct_name, const json& value, const std::string& where);

/// `value` without circumstance, by the schema it names.
json without_circumstance(std::string_view struct_name, const json& value);

/// Parses by MF's strict rules, raising faults under the code of `struct_name`.
json parse_document(std::string_view struct_name, std::string_view bytes, const std::string& where, bool yaml);

/// The bytes of a document that MF writes: canonical JSON and a line feed, refused if they break their own schema.
std::string written(std::string_view struct_name, const json& value);

std::string digest_without_circumstance(std::string_view struct_name, const json& value);

template <class T>
T read_document(std::string_view struct_name, std::string_view bytes, const std::string& where, bool yaml) {
  const json value = parse_document(struct_name, bytes, where, yaml);
  require_valid(struct_name, value, where);
  T document;
  from_value(value, document);
  return document;
}

template <class T>
const std::vector<std::string>& listed_fields() {
  static const std::vector<std::string> kNames = [] {
    FieldLister lister;
    T document;
    describe(lister, document);
    return lister.take();
  }();
  return kNames;
}

/// The name of a document's struct, as document_kinds.def writes it.
template <class T>
constexpr std::string_view struct_name = "";

template <class T>
T read_json(std::string_view bytes, const std::string& where) {
  return read_document<T>(struct_name<T>, bytes, where, false);
}

template <class T>
T read_yaml(std::string_view bytes, const std::string& where) {
  return read_document<T>(struct_name<T>, bytes, where, true);
}

template <class T>
std::string write(const T& document) {
  return written(struct_name<T>, to_value(document));
}

template <class T>
std::string write_content(const T& document) {
  return written(struct_name<T>, without_circumstance(struct_name<T>, to_value(document)));
}

template <class T>
std::string content_digest(const T& document) {
  return digest_without_circumstance(struct_name<T>, to_value(document));
}

template <class T>
std::span<const std::string> field_names() {
  return listed_fields<T>();
}

}  // namespace mf::contracts

/// Makes the struct T, whose `describe` stands above, a document.
#define MF_DOCUMENT(T)                                           \
  template <>                                                    \
  constexpr std::string_view struct_name<T> = #T;                \
  template T read_json<T>(std::string_view, const std::string&); \
  template T read_yaml<T>(std::string_view, const std::string&); \
  template std::string write<T>(const T&);                       \
  template std::string write_content<T>(const T&);               \
  template std::string content_digest<T>(const T&);              \
  template std::span<const std::string> field_names<T>();
