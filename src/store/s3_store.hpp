#pragma once
// A store over a client: what open_s3 gives, without the network.

#include <memory>

#include "mf/store/artifact_store.hpp"
#include "store/s3_client.hpp"

namespace mf::store {

/// Asks once whether the bucket answers; see open_s3.
std::unique_ptr<ArtifactStore> store_over(S3Client client);

}  // namespace mf::store
