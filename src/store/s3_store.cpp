#include "store/s3_store.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <random>

#include "mf/error.hpp"
#include "mf/store/layout.hpp"
#include "store/key.hpp"
#include "store/s3_object.hpp"

namespace mf::store {
namespace {

constexpr int kCreated = 200;
constexpr int kKeysOfAPage = 1000;
constexpr std::size_t kWorthAsking = std::size_t{1} << 20;    // rather ask than send this for nothing
constexpr std::size_t kLargestObject = std::size_t{5} << 30;  // that S3 takes in one request

std::string random_bytes() {
  std::random_device random;
  return "mf asks whether these bytes can replace others: " + std::to_string(random()) + "-" +
         std::to_string(random()) + "\n";
}

class S3Store : public ArtifactStore {
 public:
  explicit S3Store(S3Client client) : client_(std::move(client)) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    require_key(key);
    require_size(key, bytes);
    std::call_once(asked_, [this] { require_condition_honoured(); });
    if (bytes.size() > kWorthAsking && size_of(key)) return compare(key, bytes);
    const bool created = client_.create(key, bytes).status == kCreated;
    const Put found = compare(key, bytes);
    if (created && found == Put::conflict) not_given_back(key);
    return created ? Put::created : found;
  }

  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    require_key(key);
    HttpReply reply = client_.get(key, limit);
    if (reply.status == 404) return {};
    if (reply.oversized)
      throw Error(Code::DOCUMENT_INVALID, key + " is larger than " + std::to_string(limit) + " bytes", {{"key", key}},
                  "Check that it is the right file; nothing of its kind is so large.");
    return std::move(reply.body);
  }

  [[nodiscard]] std::unique_ptr<Source> open(const std::string& key) const override {
    require_key(key);
    return open_object(client_, key);
  }

  [[nodiscard]] std::unique_ptr<RandomAccess> open_random(const std::string& key) const override {
    require_key(key);
    return fetch_object(client_, key);
  }

  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    require_key(key);
    const HttpReply reply = client_.head(key);
    if (reply.status == 404) return {};
    const std::string text = reply.header("content-length");
    std::uint64_t size = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (error != std::errc() || stop != text.data() + text.size())
      throw Error(Code::STORE_UNAVAILABLE, "looking at " + key + ": " + describe() + " does not tell its size",
                  {{"key", key}});
    return size;
  }

  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override {
    require_key(prefix);
    std::vector<std::string> keys;
    std::string token;
    do {
      S3Listing page = client_.list(prefix, token, kKeysOfAPage);
      if (!token.empty() && page.next == token)
        throw Error(Code::STORE_UNAVAILABLE, "listing " + prefix + ": " + describe() + " gives the same page for ever",
                    {{"key", prefix}});
      token = page.next;
      for (auto& name : page.names)
        if (!name.ends_with('/')) keys.push_back(std::move(name));  // a folder of somebody's file browser
    } while (!token.empty());
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  [[nodiscard]] std::string describe() const override { return client_.root(); }

  /// Throws when the bucket does not answer.
  void require_bucket() const { std::ignore = client_.list("", "", 1); }

 private:
  static void require_size(const std::string& key, std::string_view bytes) {
    if (bytes.size() > kLargestObject)
      throw Error(Code::DOCUMENT_INVALID, key + " is larger than 5 GiB, the most that an object store takes at once",
                  {{"key", key}}, "Use a store of class filesystem for so large a run.");
  }

  /// Two different contents for one key: the second must be refused. The key stays, so that from then on one request
  /// tells.
  void require_condition_honoured() {
    const std::string key = layout::condition_probe();
    for (int round = 0; round < 2; ++round)
      if (client_.create(key, random_bytes()).status != kCreated) return;
    throw Error(Code::STORE_REPLACES, describe() + " replaced an object although `If-None-Match: *` forbade it",
                {{"store", describe()}, {"key", key}});
  }

  [[noreturn]] static void not_given_back(const std::string& key) {
    throw Error(Code::STORE_UNAVAILABLE, "writing " + key + ": the bytes read back are not those written",
                {{"key", key}});
  }

  /// What is there, which may be this call's own bytes.
  [[nodiscard]] Put compare(const std::string& key, std::string_view bytes) const {
    const auto source = open_object(client_, key);
    if (!source) not_given_back(key);
    return gives(*source, bytes) ? Put::identical : Put::conflict;
  }

  S3Client client_;
  std::once_flag asked_;
};

}  // namespace

std::unique_ptr<ArtifactStore> store_over(S3Client client) {
  auto store = std::make_unique<S3Store>(std::move(client));
  store->require_bucket();
  return store;
}

std::unique_ptr<ArtifactStore> open_s3(const S3Place& place, const S3Patience& patience, const StopAsked& stop_asked) {
  const StopAsked stop = stop_asked ? stop_asked : [] { return false; };
  return store_over(
      {place, find_credentials(process_environment), patience, {network(patience, stop), pausing(stop), stop}});
}

}  // namespace mf::store
