#pragma once
// The figures of many platform runs, as Prometheus and OpenMetrics read them.
//
// Room: observability.  Pure.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mf::observability {

/// The sum of what the documents of platform runs say. Nothing in it names a run, so that there are ever so many of
/// them and no more series.
class Figures {
 public:
  Figures();

  /// Adds a platform run by its documents: metrics and health of signals.v1. One that cannot be read is left out.
  void add(std::string_view metrics_document, std::string_view health_document);

  enum class Format { prometheus, openmetrics };

  /// All of it as text, without a time stamp.
  [[nodiscard]] std::string text(Format format) const;

 private:
  std::map<std::string, std::int64_t> metrics_, categories_, refs_, states_;
  std::int64_t platform_runs_ = 0;
  std::string last_success_utc_;
};

}  // namespace mf::observability
