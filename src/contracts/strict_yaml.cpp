#include "contracts/strict_yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

#include "contracts/limits.hpp"
#include "contracts/yaml_characters.hpp"
#include "contracts/yaml_scalar.hpp"
#include "mf/error.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

std::string place_of(const YAML::Mark& mark) {
  return "line " + std::to_string(mark.line + 1) + ", column " + std::to_string(mark.column + 1);
}

[[noreturn]] void refuse(const YAML::Mark& mark, const std::string& why) {
  throw Error(Code::DOCUMENT_INVALID, place_of(mark) + ": " + why, {{"place", place_of(mark)}});
}

/// Receives yaml-cpp's parse events, so that everything outside the subset is refused before a tree exists.
class StrictEvents : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) refuse(mark, "a second document begins; one file holds one document");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    require_plain(mark, "", anchor);
    if (tree_.expects_key()) refuse(mark, "a key is null; keys are texts");
    tree_.add(nullptr);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    refuse(mark, "aliases (*name) are not allowed; write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    require_plain(mark, tag, anchor);
    at(mark, [&] { take_scalar(mark, tag != "!", value); });
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    require_container(mark, tag, anchor);
    at(mark, [&] { tree_.begin_array(); });
  }
  void OnSequenceEnd() override { tree_.end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    require_container(mark, tag, anchor);
    at(mark, [&] { tree_.begin_object(); });
  }
  void OnMapEnd() override { tree_.end(); }

  json take() { return tree_.take(); }
  [[nodiscard]] int documents() const { return documents_; }
  [[nodiscard]] std::size_t values() const { return tree_.values(); }

 private:
  /// Runs `act`, and tells the place when it refuses.
  template <class Act>
  void at(const YAML::Mark& mark, Act act) {
    try {
      act();
    } catch (Error& error) {
      if (error.context().contains("place")) throw;
      Error placed(error.code(), place_of(mark) + ": " + error.message(), error.context(), error.hint());
      throw placed.with("place", place_of(mark));
    }
  }

  void take_scalar(const YAML::Mark& mark, bool plain, const std::string& value) {
    const json read = plain ? plain_scalar(value) : json(value);
    if (!tree_.expects_key()) return read.is_string() ? tree_.add_string(value) : tree_.add(read);
    if (!read.is_string()) refuse(mark, "the key `" + value.substr(0, 64) + "` is not a text; put it in quotes");
    tree_.key(value);
  }

  void require_plain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    if (anchor != 0) refuse(mark, "anchors (&name) are not allowed; write the value out");
    if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, "tags (!name) are not allowed");
  }

  void require_container(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    require_plain(mark, tag, anchor);
    if (tree_.expects_key()) refuse(mark, "a key is a list or a map; keys are texts");
  }

  LimitedTree tree_;
  int documents_ = 0;
};

/// Hands bytes that stay where they are to the parser, piece by piece. The parser keeps a flow collection that may yet
/// turn out to be a key as tokens, which take a hundred times its room: so it may only look so far ahead of what it has
/// told.
class PiecewiseBuffer : public std::streambuf {
 public:
  PiecewiseBuffer(std::string_view bytes, const StrictEvents& told) : rest_(bytes), told_(told) {}

 protected:
  int_type underflow() override {
    if (rest_.empty()) return traits_type::eof();
    require_progress();
    // setg wants mutable pointers although nothing is written through them.
    char* begin = const_cast<char*>(rest_.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    const std::size_t size = std::min(kPieceBytes, rest_.size());
    setg(begin, begin, begin + size);
    rest_.remove_prefix(size);
    return traits_type::to_int_type(*gptr());
  }

 private:
  static constexpr std::size_t kPieceBytes = 4096;

  void require_progress() {
    if (told_.values() != values_) ahead_ = 0;
    values_ = told_.values();
    ahead_ += kPieceBytes;
    if (ahead_ > kMaxYamlLookAheadBytes)
      throw Error(Code::DOCUMENT_INVALID, "more than 256 KiB of YAML hold no value that is complete", {},
                  "Write large lists and maps in block style, or the whole document as a .json file.");
  }

  std::string_view rest_;
  const StrictEvents& told_;
  std::size_t values_ = 0;
  std::size_t ahead_ = 0;
};

}  // namespace

json parse_strict_yaml(std::string_view bytes, const std::string& where) {
  require_text(bytes, where);
  require_yaml_characters(bytes, where);
  StrictEvents events;
  PiecewiseBuffer buffer(bytes, events);
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) {
    }
  } catch (const YAML::Exception& error) {
    const std::string place = place_of(error.mark);
    throw Error(Code::DOCUMENT_INVALID, where + " is not YAML: " + place + ": " + error.msg,
                {{"document", where}, {"place", place}});
  } catch (const Error& error) {
    Error::Context context = error.context();
    context.emplace("document", where);
    throw Error(error.code(), where + ": " + error.message(), std::move(context), error.hint());
  }
  if (events.documents() == 0) throw Error(Code::DOCUMENT_INVALID, where + " is empty", {{"document", where}});
  return events.take();
}

}  // namespace mf::contracts
