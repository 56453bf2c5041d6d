#include "store/s3_credentials.hpp"

#include <cstdlib>
#include <fstream>
#include <map>

#include "mf/error.hpp"
#include "mf/redaction.hpp"

namespace mf::store {
namespace {

constexpr const char* kHint =
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary ones), or name a profile of "
    "the "
    "shared credentials file with AWS_PROFILE.";

[[noreturn]] void refuse(const std::string& message) { throw Error(Code::STORE_NOT_PERMITTED, message, {}, kHint); }

std::string trimmed(const std::string& text) {
  constexpr const char* kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// The `name = value` lines below `[section]`.
std::map<std::string, std::string> read_section(std::istream& file, const std::string& section) {
  std::map<std::string, std::string> values;
  bool inside = false;
  for (std::string raw; std::getline(file, raw);) {
    const std::string line = trimmed(raw);
    if (line.starts_with('[')) {
      inside = line.ends_with(']') && trimmed(line.substr(1, line.size() - 2)) == section;
    } else if (const std::size_t equals = line.find('=');
               inside && !line.starts_with('#') && equals != std::string::npos) {
      values[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
    }
  }
  return values;
}

std::string shared_file(const Environment& environment) {
  if (const auto named = environment("AWS_SHARED_CREDENTIALS_FILE")) return *named;
  const auto home = environment("HOME");
  return home ? *home + "/.aws/credentials" : "";
}

S3Credentials require_whole(S3Credentials found, const std::string& place) {
  if (found.access_key_id.empty() || found.secret_access_key.empty())
    refuse(place + " does not hold both an access key id and a secret access key");
  keep_secret(found.secret_access_key);
  keep_secret(found.session_token);
  return found;
}

S3Credentials from_shared_file(const Environment& environment) {
  const std::string path = shared_file(environment);
  const std::string profile = environment("AWS_PROFILE").value_or("default");
  std::ifstream file(path);
  if (path.empty() || !file)
    refuse("there are no credentials for the object store: none in the environment, and no file " + path);
  auto values = read_section(file, profile);
  return require_whole({values["aws_access_key_id"], values["aws_secret_access_key"], values["aws_session_token"]},
                       "the profile " + profile + " of " + path);
}

}  // namespace

std::optional<std::string> process_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return {};
  return value;
}

S3Credentials find_credentials(const Environment& environment) {
  const auto id = environment("AWS_ACCESS_KEY_ID");
  const auto secret = environment("AWS_SECRET_ACCESS_KEY");
  if (!id && !secret) return from_shared_file(environment);
  return require_whole({id.value_or(""), secret.value_or(""), environment("AWS_SESSION_TOKEN").value_or("")},
                       "the environment");
}

}  // namespace mf::store
