#pragma once
// A store in a bucket: of the server that MF_TEST_S3_ENDPOINT names, else of one in memory.

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>

#include "store/bucket_in_memory.hpp"

namespace mf::store {

/// A prefix that no other test has, in the bucket MF_TEST_S3_BUCKET. Credentials come from the usual places.
inline std::unique_ptr<ArtifactStore> open_named_server(const char* endpoint) {
  static const auto start = std::chrono::system_clock::now().time_since_epoch().count();
  static std::atomic<int> number{0};
  const std::string prefix = "test-" + std::to_string(start) + "-" + std::to_string(number++);
  return open_s3(
      s3_place("s3://" + std::string(std::getenv("MF_TEST_S3_BUCKET")) + "/" + prefix, endpoint, "us-east-1", true));
}

struct InABucket {
  BucketInMemory bucket;
  std::unique_ptr<ArtifactStore> store = [this] {
    const char* endpoint = std::getenv("MF_TEST_S3_ENDPOINT");
    return endpoint != nullptr ? open_named_server(endpoint) : bucket.store();
  }();
};

}  // namespace mf::store
