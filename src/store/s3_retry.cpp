#include "store/s3_retry.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "store/s3_answer.hpp"

namespace mf::store {
namespace {

constexpr std::array kTransientStatuses = {408, 429, 500, 502, 503, 504};

/// Said with statuses that mean something else when they come alone.
constexpr std::array<std::string_view, 4> kTransientCodes = {"RequestTimeout", "SlowDown", "ConditionalRequestConflict",
                                                             "OperationAborted"};

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool is_transient(const HttpReply& reply) {
  if (reply.status == 0) return reply.failure == HttpReply::Failure::transient;
  if (reply.status < 400) return false;
  return holds(kTransientStatuses, reply.status) || holds(kTransientCodes, failure_code(reply.body));
}

std::chrono::milliseconds pause_after(int failed, double chance, const S3Patience& patience) {
  auto limit = patience.first_pause;
  for (int i = 1; i < failed && limit < patience.longest_pause; ++i) limit *= 2;
  limit = std::min(limit, patience.longest_pause);
  return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(limit.count()) * chance));
}

}  // namespace mf::store
