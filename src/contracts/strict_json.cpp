#include "contracts/strict_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "contracts/limits.hpp"
#include "mf/error.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

/// Receives nlohmann's parse events; the tree is ours, so that limits and duplicates are seen before anything is built.
class StrictEvents : public nlohmann::json_sax<json> {
 public:
  bool null() override {
    tree_.add(nullptr);
    return true;
  }
  bool boolean(bool value) override {
    tree_.add(value);
    return true;
  }
  bool number_integer(number_integer_t value) override {
    tree_.add(value);
    return true;
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) refuse_integer();
    tree_.add(static_cast<std::int64_t>(value));
    return true;
  }
  bool number_float(number_float_t value, const string_t& text) override {
    if (text.find_first_of(".eE") == std::string::npos) refuse_integer();
    const std::string_view mantissa = std::string_view(text).substr(0, text.find_first_of("eE"));
    const bool vanished = value == 0 && mantissa.find_first_of("123456789") != std::string_view::npos;
    if (!std::isfinite(value) || vanished) refuse_number();
    tree_.add(value);
    return true;
  }
  bool string(string_t& value) override {
    tree_.add_string(std::move(value));
    return true;
  }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*elements*/) override {
    tree_.begin_object();
    return true;
  }
  bool key(string_t& value) override {
    tree_.key(std::move(value));
    return true;
  }
  bool end_object() override {
    tree_.end();
    return true;
  }
  bool start_array(std::size_t /*elements*/) override {
    tree_.begin_array();
    return true;
  }
  bool end_array() override {
    tree_.end();
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow) refuse_number();
    error_position_ = position;
    error_text_ = error.what();
    return false;
  }

  json take() { return tree_.take(); }
  [[nodiscard]] std::size_t error_position() const { return error_position_; }
  [[nodiscard]] const std::string& error_text() const { return error_text_; }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(Code::DOCUMENT_INVALID, why, {{"pointer", tree_.pointer()}});
  }
  [[noreturn]] void refuse_integer() const { refuse("an integer does not fit 64 bits"); }
  [[noreturn]] void refuse_number() const { refuse("a number does not fit a 64-bit floating-point number"); }

  LimitedTree tree_;
  std::size_t error_position_ = 0;
  std::string error_text_;
};

std::string line_and_column(std::string_view bytes, std::size_t position) {
  const std::string_view before = bytes.substr(0, std::min(position, bytes.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t last_break = before.rfind('\n');
  const std::size_t column = last_break == std::string_view::npos ? before.size() : before.size() - last_break - 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// The part of nlohmann's message that says what was expected, without what was last read: that could be a secret.
std::string reason_of(const std::string& text) {
  const std::size_t dash = text.find(" - ");
  std::string reason = dash == std::string::npos ? text : text.substr(dash + 3);
  reason.erase(std::min(reason.find("; last read: "), reason.size()));
  if (reason == "invalid literal") return "a word that JSON does not have, such as NaN or True";
  reason.erase(std::remove_if(reason.begin(), reason.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7F; }),
               reason.end());
  return reason.substr(0, 160);
}

}  // namespace

json parse_strict_json(std::string_view bytes, const std::string& where) {
  require_text(bytes, where);
  if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw Error(Code::DOCUMENT_INVALID, where + " is empty", {{"document", where}});
  StrictEvents events;
  bool parsed = false;
  try {
    parsed = json::sax_parse(bytes.begin(), bytes.end(), &events);
  } catch (Error& error) {
    const std::string pointer = error.context().contains("pointer") ? error.context().at("pointer") : "/";
    throw Error(error.code(), where + ": at " + pointer + " " + error.message(),
                {{"document", where}, {"pointer", pointer}});
  }
  if (!parsed) {
    const std::string place = line_and_column(bytes, events.error_position());
    throw Error(Code::DOCUMENT_INVALID, where + " is not JSON: " + place + ": " + reason_of(events.error_text()),
                {{"document", where}, {"place", place}});
  }
  return events.take();
}

}  // namespace mf::contracts
