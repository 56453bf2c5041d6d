#pragma once
// Who asks an object store. The only file that knows where secrets come from; nothing prints or keeps them.

#include <functional>
#include <optional>
#include <string>

namespace mf::store {

struct S3Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;  ///< empty: none
};

/// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The environment of this process. A variable that is set but empty is taken as not set, as the AWS tools do.
std::optional<std::string> process_environment(const std::string& name);

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; without them, the profile AWS_PROFILE (`default`) of
/// the file AWS_SHARED_CREDENTIALS_FILE (`~/.aws/credentials`). Throws STORE_NOT_PERMITTED when there are none, or only
/// half of a pair; messages name places, never values.
S3Credentials find_credentials(const Environment& environment);

}  // namespace mf::store
