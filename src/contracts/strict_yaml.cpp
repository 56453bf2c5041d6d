#include "contracts/strict_yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

#include "contracts/limits.hpp"
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

/// Reads from bytes that stay where they are.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view bytes) {
    // setg wants mutable pointers although nothing is written through them.
    char* begin = const_cast<char*>(bytes.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    setg(begin, begin, begin + bytes.size());
  }
};

}  // namespace

json parse_strict_yaml(std::string_view bytes, const std::string& where) {
  require_text(bytes, where);
  ViewBuffer buffer(bytes);
  std::istream stream(&buffer);
  StrictEvents events;
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
