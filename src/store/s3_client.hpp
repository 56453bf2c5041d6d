#pragma once
// Requests to one bucket: signed, sent, tried again, and answered or refused.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "store/s3_answer.hpp"
#include "store/s3_credentials.hpp"
#include "store/s3_http.hpp"

namespace mf::store {

/// Waits; tests only write down how long.
using Pause = std::function<void(std::chrono::milliseconds)>;

/// Waits for that long, or until `stop_asked`.
Pause pausing(const StopAsked& stop_asked);

/// What a client needs of the world. All of them are safe to call from several threads at once.
struct S3World {
  Transport transport;
  Pause pause;
  StopAsked stop_asked = [] { return false; };
};

/// Safe to call from several threads at once.
/// Every call throws what refusal_of says of a reply that is none of those named; what is transient, only after the
/// patience is at its end.
class S3Client {
 public:
  /// A range of bytes of one certain object.
  struct Part {
    std::uint64_t first = 0;
    std::uint64_t size = 0;
    std::string etag;  ///< empty: of whatever object is there
  };

  S3Client(S3Place place, S3Credentials credentials, S3Patience patience, S3World world);

  /// 200 with at most `limit` bytes (or oversized), or 404.
  [[nodiscard]] HttpReply get(const std::string& key, std::size_t limit) const;

  /// 206 or 200 with bytes of the part, 404, 412 when the object has another etag, 416 when it has no such bytes.
  [[nodiscard]] HttpReply get(const std::string& key, const Part& part) const;

  /// 200 or 404; no body.
  [[nodiscard]] HttpReply head(const std::string& key) const;

  /// 200 when it created the object; 412 (or 304, as some servers say it) when one was there.
  /// Throws STORE_REPLACES when the server does not know the condition.
  [[nodiscard]] HttpReply create(const std::string& key, std::string_view bytes) const;

  /// One page of the keys below the folder `prefix` (empty: all of them), relative to the place; `most` at most.
  [[nodiscard]] S3Listing list(const std::string& prefix, const std::string& token, int most) const;

  /// For what takes many calls. Throws INTERRUPTED.
  void stop_if_asked(const std::string& action) const;

  /// `s3://bucket/prefix`.
  [[nodiscard]] std::string root() const;

  /// The root and its endpoint, for messages.
  [[nodiscard]] std::string describe() const;

 private:
  using Headers = std::map<std::string, std::string>;
  struct Asked;

  [[nodiscard]] HttpRequest signed_request(const Asked& asked) const;
  /// One attempt. Bytes that suffered on their way come otherwise the next time; those that come twice alike are what
  /// is there, for the reader to judge.
  [[nodiscard]] HttpReply attempt(const Asked& asked) const;
  [[nodiscard]] HttpReply send(const Asked& asked, const std::string& action) const;
  [[nodiscard]] HttpReply answer(const Asked& asked, std::initializer_list<int> answers,
                                 const std::string& action) const;

  S3Place place_;
  S3Credentials credentials_;
  S3Patience patience_;
  S3World world_;
};

}  // namespace mf::store
