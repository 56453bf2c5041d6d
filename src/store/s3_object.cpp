#include "store/s3_object.hpp"

#include <algorithm>
#include <vector>

#include "mf/error.hpp"
#include "mf/store/scratch_file.hpp"
#include "store/s3_integrity.hpp"
#include "store/s3_refusal.hpp"

namespace mf::store {
namespace {

constexpr std::uint64_t kPart = std::uint64_t{8} << 20;

class ObjectSource : public Source {
 public:
  ObjectSource(const S3Client& client, std::string key, HttpReply first)
      : client_(client),
        key_(std::move(key)),
        etag_(first.header("etag")),
        total_(total_size(first)),
        fetched_(first.body.size()),
        part_(std::move(first.body)) {}

  std::size_t read(std::span<char> room) override {
    if (at_ == part_.size() && fetched_ < total_) fetch();
    const std::size_t size = std::min(room.size(), part_.size() - at_);
    std::copy_n(part_.begin() + static_cast<std::ptrdiff_t>(at_), size, room.begin());
    at_ += size;
    return size;
  }

 private:
  /// A server that leaves the range aside sends the whole object at once.
  [[nodiscard]] std::uint64_t total_size(const HttpReply& first) const {
    const auto total = whole_size(first);
    if (!total || *total < first.body.size() || (*total > first.body.size() && etag_.empty()))
      throw refusal_of(first, "reading a part of " + key_, client_.describe());
    return *total;
  }

  void fetch() {
    HttpReply reply = client_.get(key_, {fetched_, std::min(kPart, total_ - fetched_), etag_});
    if (reply.status == 412 || reply.status == 404 || reply.status == 416)
      throw Error(Code::ARTIFACT_CONFLICT, key_ + " was replaced while it was read", {{"key", key_}});
    if (reply.status != 206 || reply.oversized || reply.body.empty())
      throw refusal_of(reply, "reading a part of " + key_, client_.describe());
    part_ = std::move(reply.body);
    fetched_ += part_.size();
    at_ = 0;
  }

  const S3Client& client_;
  std::string key_;
  std::string etag_;
  std::uint64_t total_;
  std::uint64_t fetched_;  // of it, so far
  std::string part_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<Source> open_object(const S3Client& client, const std::string& key) {
  HttpReply first = client.get(key, {0, kPart, ""});
  if (first.status == 404) return nullptr;
  if (first.status == 416) return source_of("");  // an empty object has no first byte
  return std::make_unique<ObjectSource>(client, key, std::move(first));
}

std::unique_ptr<RandomAccess> fetch_object(const S3Client& client, const std::string& key) {
  const auto source = open_object(client, key);
  if (!source) return nullptr;
  auto file = std::make_unique<ScratchFile>(scratch_folder());
  std::vector<char> room(std::size_t{1} << 20);
  while (const std::size_t size = source->read(room)) {
    file->append({room.data(), size});
    client.stop_if_asked("reading " + key);
  }
  return file;
}

bool gives(Source& source, std::string_view bytes) {
  std::vector<char> room(std::min<std::size_t>(bytes.size() + 1, std::size_t{1} << 20));
  while (const std::size_t size = source.read(room)) {
    if (!bytes.starts_with(std::string_view(room.data(), size))) return false;
    bytes.remove_prefix(size);
  }
  return bytes.empty();
}

}  // namespace mf::store
