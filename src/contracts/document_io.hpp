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
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsTable = false;
template <class T>
inline constexpr bool kIsTable<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool kIsChoice = false;
template <class... T>
inline constexpr bool kIsChoice<std::variant<T...>> = true;
template <class T>
inline constexpr bool kIsScalar = std::is_arithmetic_v<T> || std::is_same_v<T, std::string>;

/// Writes fields into an object.
class FieldWriter {
 public:
  template <class T>
  void operator()(const char* name, T& field) {
    if constexpr (kIsOptional<T>) {
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
  if constexpr (kIsScalar<T>) {
    return field;
  } else if constexpr (kIsOptional<T>) {
    return field ? to_value(*field) : json(nullptr);
  } else if constexpr (kIsList<T>) {
    json list = json::array();
    for (const auto& element : field) list.push_back(to_value(element));
    return list;
  } else if constexpr (kIsTable<T>) {
    json table = json::object();
    for (const auto& [name, member] : field) table[name] = to_value(member);
    return table;
  } else if constexpr (kIsChoice<T>) {
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
  if constexpr (kIsScalar<T>) {
    field = value.get<T>();
  } else if constexpr (kIsOptional<T>) {
    if (value.is_null()) return field.reset();
    typename T::value_type held{};
    from_value(value, held);
    field = std::move(held);
  } else if constexpr (kIsList<T>) {
    field.clear();
    for (const auto& element : value) from_value(element, field.emplace_back());
  } else if constexpr (kIsTable<T>) {
    field.clear();
    for (const auto& [name, member] : value.items()) from_value(member, field[name]);
  } else if constexpr (kIsChoice<T>) {
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
inline constexpr std::string_view kStructName = "";

template <class T>
T read_json(std::string_view bytes, const std::string& where) {
  return read_document<T>(kStructName<T>, bytes, where, false);
}

template <class T>
T read_yaml(std::string_view bytes, const std::string& where) {
  return read_document<T>(kStructName<T>, bytes, where, true);
}

template <class T>
std::string write(const T& document) {
  return written(kStructName<T>, to_value(document));
}

template <class T>
std::string write_content(const T& document) {
  return written(kStructName<T>, without_circumstance(kStructName<T>, to_value(document)));
}

template <class T>
std::string content_digest(const T& document) {
  return digest_without_circumstance(kStructName<T>, to_value(document));
}

template <class T>
std::span<const std::string> field_names() {
  return listed_fields<T>();
}

}  // namespace mf::contracts

/// Makes the struct T, whose `describe` stands above, a document.
#define MF_DOCUMENT(T)                                           \
  template <>                                                    \
  inline constexpr std::string_view kStructName<T> = #T;         \
  template T read_json<T>(std::string_view, const std::string&); \
  template T read_yaml<T>(std::string_view, const std::string&); \
  template std::string write<T>(const T&);                       \
  template std::string write_content<T>(const T&);               \
  template std::string content_digest<T>(const T&);              \
  template std::span<const std::string> field_names<T>();
