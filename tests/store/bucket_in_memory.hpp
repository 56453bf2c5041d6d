#pragma once
// A bucket without a network, that can be told to misbehave.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/s3_integrity.hpp"
#include "store/s3_store.hpp"

namespace mf::store {

/// Answers as S3 does, for the requests that the store sends. Safe to use from several threads.
class BucketInMemory {
 public:
  /// What goes wrong with one request: before it is done, or after it was done and before its reply arrives.
  enum class Fault { none, unreachable, busy, racing, lost_reply, cut_reply, spoiled_reply };

  /// Asked once for each request, with its number from 0.
  std::function<Fault(const HttpRequest&, int)> fault = [](const HttpRequest&, int) { return Fault::none; };
  bool honours_condition = true;
  std::size_t page = 2;      ///< keys of a listing's page
  int requests = 0;          ///< so far
  std::string last_request;  ///< method, url and headers
  std::vector<std::chrono::milliseconds> pauses;
  std::atomic<bool> stop_asked{false};  ///< of who waits for the bucket
  std::optional<HttpReply> always;      ///< the only answer, if there is one

  HttpReply answer(const HttpRequest& request) {
    const std::scoped_lock lock(mutex_);
    write_down(request);
    const Fault now = fault(request, requests++);
    if (always) return *always;
    if (now == Fault::unreachable) return unreachable("Couldn't connect to server");
    if (now == Fault::busy) return failed(503, "SlowDown");
    if (now == Fault::racing) return failed(409, "ConditionalRequestConflict");
    HttpReply reply = done(request);
    if (now == Fault::lost_reply) return unreachable("Server returned nothing (no headers, no data)");
    if (now == Fault::cut_reply) return unreachable("Transferred a partial file");
    if (now == Fault::spoiled_reply && !reply.body.empty()) reply.body[0] = static_cast<char>(requests);
    return reply;
  }

  /// A client with five attempts, whose pauses take no time.
  S3Client client(const std::string& prefix = "mf") {
    const S3Place place{"http://bucket.test:9000", "eu-west-1", "fraud", prefix, true};
    const auto pause = [this](std::chrono::milliseconds time) {
      const std::scoped_lock lock(mutex_);
      pauses.push_back(time);
    };
    return {place,
            {"AKID", "very-secret", "token-secret"},
            {},
            {[this](const HttpRequest& r) { return answer(r); }, pause, [this] { return stop_asked.load(); }}};
  }

  std::unique_ptr<ArtifactStore> store(const std::string& prefix = "mf") { return store_over(client(prefix)); }

  /// Puts without Model Factory.
  void place(const std::string& name, const std::string& bytes) {
    objects_[name] = bytes;
    metadata_.erase(name);
  }

  /// As a disk does that forgets: the bytes are others, and what is said of them is not.
  void damage(const std::string& name, const std::string& bytes) { objects_[name] = bytes; }

  [[nodiscard]] std::string at(const std::string& name) const { return objects_.at(name); }
  [[nodiscard]] bool has(const std::string& name) const { return objects_.contains(name); }

  static HttpReply failed(int status, const std::string& code) {
    HttpReply reply{.status = status};
    reply.body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>AKID very-secret</Message></Error>";
    return reply;
  }

 private:
  static HttpReply unreachable(const std::string& reason) {
    HttpReply reply;
    reply.failure = HttpReply::Failure::transient;
    reply.reason = reason;
    return reply;
  }

  void write_down(const HttpRequest& request) {
    last_request = request.method + " " + request.url;
    for (const auto& [name, value] : request.headers) last_request += "\n" + name + ": " + value;
  }

  static std::string decoded(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      plain.push_back(text[i] == '%' ? static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)) : text[i]);
      if (text[i] == '%') i += 2;
    }
    return plain;
  }

  HttpReply done(const HttpRequest& request) {
    const std::string bucket = "http://bucket.test:9000/fraud";
    const std::string rest = request.url.substr(bucket.size());
    if (rest.empty() || rest[0] == '?') return listed(rest.substr(1));
    const std::string name = decoded(rest.substr(1));
    if (request.method == "PUT") return put(name, request);
    if (!objects_.contains(name)) return failed(404, "NoSuchKey");
    return request.method == "HEAD" ? looked_at(name) : read(name, request);
  }

  HttpReply put(const std::string& name, const HttpRequest& request) {
    if (honours_condition && request.headers.contains("if-none-match") && objects_.contains(name))
      return failed(412, "PreconditionFailed");
    objects_[name] = request.body;
    metadata_[name] = request.headers.at(kDigestHeader);
    return {.status = 200};
  }

  HttpReply looked_at(const std::string& name) {
    return {.status = 200, .headers = {{"content-length", std::to_string(objects_[name].size())}}};
  }

  static std::string etag_of(const std::string& bytes) {
    return "\"" + std::to_string(std::hash<std::string>()(bytes)) + "\"";
  }

  HttpReply read(const std::string& name, const HttpRequest& request) {
    const std::string& bytes = objects_[name];
    HttpReply reply{.status = 200, .headers = {{"etag", etag_of(bytes)}}, .body = bytes};
    if (metadata_.contains(name)) reply.headers[kDigestHeader] = metadata_[name];
    if (const auto wanted = request.headers.find("if-match");
        wanted != request.headers.end() && wanted->second != etag_of(bytes))
      return failed(412, "PreconditionFailed");
    if (const auto range = request.headers.find("range"); range != request.headers.end()) {
      const std::size_t first = std::stoul(range->second.substr(6));
      const std::size_t last = std::stoul(range->second.substr(range->second.find('-') + 1));
      if (first >= bytes.size()) return failed(416, "InvalidRange");
      reply.status = 206;
      reply.body = bytes.substr(first, last - first + 1);
      reply.headers["content-range"] = "bytes " + std::to_string(first) + "-" +
                                       std::to_string(first + reply.body.size() - 1) + "/" +
                                       std::to_string(bytes.size());
    }
    reply.oversized = reply.body.size() > request.reply_limit;
    if (reply.oversized) reply.body.resize(request.reply_limit);
    return reply;
  }

  static std::string parameter(const std::string& query, const std::string& name) {
    const std::size_t at = ("&" + query).find("&" + name + "=");
    if (at == std::string::npos) return "";
    const std::string rest = query.substr(at + name.size() + 1);
    return decoded(rest.substr(0, rest.find('&')));
  }

  HttpReply listed(const std::string& query) {
    const std::string prefix = parameter(query, "prefix");
    std::string text = "<ListBucketResult>";
    std::size_t shown = 0;
    auto object = objects_.upper_bound(parameter(query, "continuation-token"));
    for (; object != objects_.end() && shown < page; ++object)
      if (object->first.starts_with(prefix)) {
        text += "<Contents><Key>" + object->first + "</Key></Contents>";
        ++shown;
      }
    const bool more = object != objects_.end();
    if (more) text += "<NextContinuationToken>" + std::prev(object)->first + "</NextContinuationToken>";
    text += std::string("<IsTruncated>") + (more ? "true" : "false") + "</IsTruncated></ListBucketResult>";
    return {.status = 200, .body = text};
  }

  std::mutex mutex_;
  std::map<std::string, std::string> objects_;
  std::map<std::string, std::string> metadata_;  // the digest of what was put
};

}  // namespace mf::store
