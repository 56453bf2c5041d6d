#include "mf/redaction.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

extern "C" char** environ;  // of the process; POSIX leaves it to the program to declare it

namespace mf {
namespace {

constexpr std::string_view kRedacted = "[redacted]";
constexpr std::size_t kShortestSecret = 8;  ///< what is shorter stands in innocent words too

constexpr std::string_view kSecretWords[] = {"SECRET",      "TOKEN",      "PASSWORD", "PASSWD",     "PASSPHRASE",
                                             "PRIVATE_KEY", "ACCESS_KEY", "API_KEY",  "APIKEY",     "CREDENTIAL",
                                             "SIGNATURE",   "ACCESSKEY",  "AUTH_KEY", "SIGNING_KEY"};
constexpr std::string_view kPlaceEndings[] = {"_FILE", "_PATH", "_DIR", "_FOLDER"};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c; }

std::string in_capitals(std::string_view text) {
  std::string capitals(text);
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), upper);
  return capitals;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Whether `c` ends the value of a `name=value` in a URL, a sentence or a JSON text.
bool ends_value(char c) { return std::string_view(" \t\r\n\"'&;,)]}<>\\").find(c) != std::string_view::npos; }

/// The secrets of this process, longest first, so that one within another does not leave its rest.
class Secrets {
 public:
  Secrets() {
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
      const std::string_view text = *variable;
      const std::size_t equals = text.find('=');
      if (equals != std::string_view::npos && is_secret_name(text.substr(0, equals))) add(text.substr(equals + 1));
    }
  }

  void add(std::string_view value) {
    const std::scoped_lock lock(mutex_);
    if (value.size() < kShortestSecret || std::find(values_.begin(), values_.end(), value) != values_.end()) return;
    values_.emplace_back(value);
    std::stable_sort(values_.begin(), values_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  }

  void take_out_of(std::string& text) {
    const std::scoped_lock lock(mutex_);
    for (const auto& value : values_)
      for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, at + kRedacted.size()))
        text.replace(at, value.size(), kRedacted);
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> values_;
};

Secrets& secrets() {
  static Secrets kept;
  return kept;
}

/// Puts the mark over [from, to) and returns where to go on.
std::size_t cover(std::string& text, std::size_t from, std::size_t to) {
  if (to > from && text.compare(from, kRedacted.size(), kRedacted) != 0) text.replace(from, to - from, kRedacted);
  return from + 1;
}

std::size_t end_of_value(const std::string& text, std::size_t from) {
  while (from < text.size() && !ends_value(text[from])) ++from;
  return from;
}

/// scheme://user:password@host
void cover_users_of_urls(std::string& text) {
  for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    const std::size_t end = text.find_first_of("/?# \t\r\n\"'\\", at + 3);
    const std::size_t sign = text.substr(0, end).rfind('@');
    if (sign != std::string::npos && sign > at) cover(text, at + 3, sign);
  }
}

/// name=value, where the name is that of a secret
void cover_assigned(std::string& text) {
  for (std::size_t at = text.find('='); at != std::string::npos; at = text.find('=', at + 1)) {
    std::size_t from = at;
    while (from > 0 && is_word(text[from - 1])) --from;
    if (from < at && is_secret_name(std::string_view(text).substr(from, at - from)))
      cover(text, at + 1, end_of_value(text, at + 1));
  }
}

/// What follows `word`, up to the end of the value or, where `to_line_end`, of the line.
void cover_after(std::string& text, std::string_view word, bool to_line_end) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) {
    std::size_t from = at + word.size();
    while (from < text.size() && text[from] == ' ') ++from;
    cover(text, from,
          to_line_end ? std::min(text.find_first_of("\r\n\"\\", from), text.size()) : end_of_value(text, from));
  }
}

/// AKIA or ASIA and sixteen more
void cover_access_key_ids(std::string& text) {
  constexpr std::size_t kLength = 20;
  for (const std::string_view start : {"AKIA", "ASIA"})
    for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at + 4)) {
      std::size_t end = at;
      while (end < text.size() && ((text[end] >= 'A' && text[end] <= 'Z') || (text[end] >= '0' && text[end] <= '9')))
        ++end;
      if (end - at == kLength && (at == 0 || !is_word(text[at - 1]))) cover(text, at, end);
    }
}

void cover_private_keys(std::string& text) {
  constexpr std::string_view kEnd = "PRIVATE KEY-----";
  for (std::size_t at = text.find("-----BEGIN"); at != std::string::npos; at = text.find("-----BEGIN", at + 1)) {
    const std::size_t first = text.find(kEnd, at);
    if (first == std::string::npos || first - at > 40) continue;
    const std::size_t last = text.find(kEnd, first + kEnd.size());
    cover(text, at, last == std::string::npos ? text.size() : last + kEnd.size());
  }
}

}  // namespace

bool is_secret_name(std::string_view name) {
  const std::string capitals = in_capitals(name);
  const auto ends = [&](std::string_view ending) { return capitals.ends_with(ending); };
  const auto holds = [&](std::string_view word) { return capitals.find(word) != std::string::npos; };
  if (std::any_of(std::begin(kPlaceEndings), std::end(kPlaceEndings), ends)) return false;
  return capitals == "SIG" || std::any_of(std::begin(kSecretWords), std::end(kSecretWords), holds);
}

void keep_secret(std::string_view value) { secrets().add(value); }

std::string redacted(std::string_view text) {
  std::string told(text);
  secrets().take_out_of(told);
  cover_users_of_urls(told);
  cover_assigned(told);
  for (const std::string_view word : {"Authorization:", "authorization:", "AUTHORIZATION:"})
    cover_after(told, word, true);
  for (const std::string_view word : {"Bearer ", "bearer ", "BEARER "}) cover_after(told, word, false);
  cover_access_key_ids(told);
  cover_private_keys(told);
  return told;
}

}  // namespace mf
