#pragma once
// How large a document may be, and the tree that is built within those limits.

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mf::contracts {

constexpr std::size_t kMaxDocumentBytes = std::size_t{4} << 20;
constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxNodes = 200'000;
constexpr std::size_t kMaxStringBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxYamlLookAheadBytes = std::size_t{256} << 10;  ///< without a complete value among them

/// Builds a JSON tree from parse events, refusing what is beyond the limits before it exists.
/// Every call throws DOCUMENT_INVALID with the pointer of the place.
class LimitedTree {
 public:
  void add(nlohmann::json scalar);
  void add_string(std::string text);
  void begin_object();
  void begin_array();
  void key(std::string name);  ///< refuses a key that the object has already
  void end();

  /// Where the next value goes, as a JSON pointer.
  [[nodiscard]] std::string pointer() const;
  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] std::size_t values() const { return nodes_; }  ///< so far, lists and maps among them
  [[nodiscard]] nlohmann::json take() { return std::move(root_); }

 private:
  struct Level {
    nlohmann::json* container;
    std::string key;
    bool has_key = false;
  };
  nlohmann::json* place(nlohmann::json value);
  void open(nlohmann::json container);

  nlohmann::json root_;
  std::vector<Level> levels_;
  std::size_t nodes_ = 0;
};

/// Refuses a text beyond the size limit, with a byte order mark or a NUL byte, or that is not UTF-8.
void require_text(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
