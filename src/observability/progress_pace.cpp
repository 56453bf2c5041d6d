#include "observability/progress_pace.hpp"

#include <cmath>

namespace mf::observability {
namespace {

std::string duration_text(long seconds) {
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
  return std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min";
}

}  // namespace

bool ProgressPace::is_due(const std::string& step, Time now) {
  if (step != step_) {
    step_ = step;
    began_ = told_ = now;
  }
  if (now - told_ < between_) return false;
  told_ = now;
  return true;
}

std::optional<long> ProgressPace::seconds_left(std::size_t done, std::size_t total, Time now) const {
  if (done == 0 || done >= total) return {};
  const double passed = std::chrono::duration<double>(now - began_).count();
  return std::lround(passed / static_cast<double>(done) * static_cast<double>(total - done));
}

std::string progress_line(const std::string& step, std::size_t done, std::size_t total, const std::string& remark,
                          std::optional<long> seconds_left) {
  std::string line = step;
  if (total != 0) {
    const auto percent = static_cast<int>(100.0 * static_cast<double>(done) / static_cast<double>(total));
    line += "  " + std::to_string(percent) + "%";
  }
  line += " (" + std::to_string(done) + (total != 0 ? "/" + std::to_string(total) : "") + ")";
  if (seconds_left) line += ", about " + duration_text(*seconds_left) + " left";
  return remark.empty() ? line : line + ", " + remark;
}

}  // namespace mf::observability
