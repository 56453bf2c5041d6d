#include "factory/circumstance.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <array>
#include <cstring>

#include "mf/engine/booster.hpp"

namespace mf::factory {
namespace {

#if defined(__x86_64__)

constexpr unsigned kFirstOfName = 0x80000002U;
constexpr unsigned kLastOfName = 0x80000004U;

std::string name_of_processor() {
  std::string name;
  for (unsigned leaf = kFirstOfName; leaf <= kLastOfName; ++leaf) {
    std::array<unsigned, 4> words{};
    if (__get_cpuid(leaf, &words[0], &words[1], &words[2], &words[3]) == 0) return {};
    std::array<char, sizeof(words)> bytes{};
    std::memcpy(bytes.data(), words.data(), sizeof(words));
    for (const char byte : bytes)
      if (byte >= ' ' && byte <= '~') name.push_back(byte);
  }
  const auto first = name.find_first_not_of(' ');
  return first == std::string::npos ? "" : name.substr(first, name.find_last_not_of(' ') + 1 - first);
}

std::string features_of_processor() {
  std::string features = "x86_64";
  const auto add = [&](int has, const char* name) { features.append(has != 0 ? std::string(" ") + name : ""); };
  add(__builtin_cpu_supports("sse4.2"), "sse4.2");
  add(__builtin_cpu_supports("avx"), "avx");
  add(__builtin_cpu_supports("avx2"), "avx2");
  add(__builtin_cpu_supports("fma"), "fma");
  add(__builtin_cpu_supports("avx512f"), "avx512f");
  return features;
}

#else

std::string name_of_processor() { return {}; }

std::string features_of_processor() {
#if defined(__aarch64__)
  return "aarch64";
#else
  return {};
#endif
}

#endif

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

contracts::ExecutionRecord::Circumstance circumstance_of(const Workshop& workshop) {
  contracts::ExecutionRecord::Circumstance circumstance;
  circumstance.engine_version = engine::engine_version();
  circumstance.service_release_id = workshop.profile.service_release_id;
  circumstance.run_config_digest = workshop.run_config_digest;
  circumstance.threads = workshop.threads;
  circumstance.program = MF_VERSION;
  circumstance.build = std::string(MF_BUILD).substr(0, 512);
  circumstance.cpu = unless_empty(name_of_processor());
  circumstance.cpu_features = unless_empty(features_of_processor());
  return circumstance;
}

}  // namespace mf::factory
