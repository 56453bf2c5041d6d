#include "contracts/limits.hpp"

#include "mf/error.hpp"
#include "mf/identity/characters.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& message, const std::string& pointer) {
  throw Error(Code::DOCUMENT_INVALID, message, {{"pointer", pointer}});
}

}  // namespace

void require_text(std::string_view bytes, const std::string& where) {
  const auto refuse_document = [&](const std::string& why) {
    throw Error(Code::DOCUMENT_INVALID, where + " " + why, {{"document", where}});
  };
  if (bytes.size() > kMaxDocumentBytes) refuse_document("is larger than 4 MiB, the limit for a document");
  if (bytes.starts_with("\xEF\xBB\xBF")) refuse_document("begins with a byte order mark; save it as plain UTF-8");
  // Parsers may take a NUL for the end, and never see what follows.
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos)
    refuse_document("has a NUL byte at byte " + std::to_string(nul));
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = identity::character_length(bytes.substr(i));
    if (length == 0) refuse_document("is not valid UTF-8 at byte " + std::to_string(i));
    i += length;
  }
}

std::string LimitedTree::pointer() const {
  std::string text;
  for (const auto& level : levels_) {
    if (level.container->is_array()) {
      // An element that is still open has been counted already.
      const bool has_open_element = &level != &levels_.back();
      text += "/" + std::to_string(level.container->size() - (has_open_element ? 1 : 0));
    } else if (level.has_key) {
      text += "/" + level.key;
    }
  }
  return text.empty() ? "/" : text;
}

bool LimitedTree::expects_key() const {
  return !levels_.empty() && levels_.back().container->is_object() && !levels_.back().has_key;
}

json* LimitedTree::place(json value) {
  if (++nodes_ > kMaxNodes) refuse("there are more than 200,000 values", pointer());
  if (levels_.empty()) {
    root_ = std::move(value);
    return &root_;
  }
  Level& level = levels_.back();
  if (level.container->is_array()) {
    level.container->push_back(std::move(value));
    return &level.container->back();
  }
  json& member = (*level.container)[level.key];
  member = std::move(value);
  level.has_key = false;
  return &member;
}

void LimitedTree::open(json container) {
  if (levels_.size() >= kMaxDepth) refuse("values are nested deeper than 32 levels", pointer());
  // The parent's key must survive for pointer() while the child is open.
  const bool in_object = !levels_.empty() && levels_.back().container->is_object();
  json* placed = place(std::move(container));
  if (in_object) levels_.back().has_key = true;
  levels_.push_back({placed, {}, false});
}

void LimitedTree::add(json scalar) { place(std::move(scalar)); }

void LimitedTree::add_string(std::string text) {
  if (text.size() > kMaxStringBytes) refuse("a string is longer than 64 KiB", pointer());
  place(std::move(text));
}

void LimitedTree::begin_object() { open(json::object()); }

void LimitedTree::begin_array() { open(json::array()); }

void LimitedTree::key(std::string name) {
  if (name.size() > kMaxStringBytes) refuse("a key is longer than 64 KiB", pointer());
  Level& level = levels_.back();
  const bool twice = level.container->contains(name);
  level.key = std::move(name);
  level.has_key = true;
  if (twice) refuse("the key `" + level.key.substr(0, 64) + "` stands twice in one object", pointer());
}

void LimitedTree::end() {
  levels_.pop_back();
  if (!levels_.empty()) levels_.back().has_key = false;
}

}  // namespace mf::contracts
