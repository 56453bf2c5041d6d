#pragma once
// JavaScript that runs inside the program: the standard's own objects and nothing else, so no files and no network.

#include <memory>
#include <string>
#include <string_view>

struct duk_hthread;

namespace mf::report {

class Script {
 public:
  /// Throws ENGINE_UNAVAILABLE when there is no Duktape.
  Script();

  /// Runs `source`. Throws INTERNAL with the script's own words when it fails.
  void run(std::string_view source);

  /// What the global `function` makes of `argument`. Throws INTERNAL when it fails.
  std::string call(const char* function, std::string_view argument);

 private:
  struct Destroy {
    void operator()(duk_hthread* heap) const;
  };
  std::string take_result(bool failed);

  std::unique_ptr<duk_hthread, Destroy> heap_;
};

}  // namespace mf::report
