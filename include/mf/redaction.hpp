#pragma once
// Keeping secrets out of everything that is told or kept.
//
// Room: the doorstep, open to every room.  The one guard: Error applies it to its own texts, the journal and the
// standard streams to every line, signals to every file. Names, refs and digests are never changed by it unless they
// are secrets.

#include <string>
#include <string_view>

namespace mf {

/// `text` with secrets written as `[redacted]`: the values of variables of the environment whose names are those of
/// secrets (is_secret_name) and what was given to keep_secret, where they have 8 characters or more; user and password
/// of a URL; the values of password=, token=, secret=, signature= and their like; what follows Authorization: and
/// Bearer; access key ids of AWS; private keys in PEM. Everything else comes back as it is. Safe from several threads.
std::string redacted(std::string_view text);

/// Makes `value` a secret from now on: credentials that come from a file.
void keep_secret(std::string_view value);

/// Whether a variable or field of this name holds a secret: SECRET, TOKEN, PASSWORD, ACCESS_KEY and their like, in
/// capitals or not; what names a file or a folder does not.
bool is_secret_name(std::string_view name);

}  // namespace mf
