#include "contracts/limits.hpp"

#include "mf/error.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& message, const std::string& pointer) {
  throw Error(Code::DOCUMENT_INVALID, message, {{"pointer", pointer}});
}

/// The length of the well-formed UTF-8 sequence at the front of `text`, or 0.
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((at(i) & 0xC0) != 0x80) return 0;
  const bool overlong = (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xF0 && at(1) < 0x90);
  const bool beyond = (lead == 0xED && at(1) >= 0xA0) || (lead == 0xF4 && at(1) >= 0x90);
  return overlong || beyond ? 0 : length;
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
    const std::size_t length = sequence_length(bytes.substr(i));
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
  if (level.container->contains(name))
    refuse("the key `" + name.substr(0, 64) + "` stands twice in one object", pointer());
  level.key = std::move(name);
  level.has_key = true;
}

void LimitedTree::end() {
  levels_.pop_back();
  if (!levels_.empty()) levels_.back().has_key = false;
}

}  // namespace mf::contracts
