#include "engine/xgboost_call.hpp"

#include "engine/xgboost_library.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

// XGBoost writes "[12:34:56] ./src/data/data.cc:42: Check failed: ..."; neither the clock nor the place is the user's.
std::string_view without_clock(std::string_view line) {
  if (!line.starts_with('[')) return line;
  const auto end = line.find("] ");
  return end == std::string_view::npos ? line : line.substr(end + 2);
}

std::string_view without_source_line(std::string_view line) {
  const auto extension = line.find(".cc:");
  const auto end = extension == std::string_view::npos ? extension : line.find(": ", extension);
  return end == std::string_view::npos ? line : line.substr(end + 2);
}

}  // namespace

std::string plain_words(std::string_view engine_message) {
  const auto start = engine_message.find_first_not_of(" \n");
  if (start == std::string_view::npos) return "no reason given";
  engine_message.remove_prefix(start);
  return std::string(without_source_line(without_clock(engine_message.substr(0, engine_message.find('\n')))));
}

void call(int status) {
  if (status == 0) return;
  const std::string words = plain_words(xgboost().XGBGetLastError());
  if (words.find("bad_alloc") != std::string::npos) {
    throw Error(Code::OUT_OF_MEMORY, "the training engine ran out of memory");
  }
  throw Error(Code::ENGINE_FAILED, "XGBoost: " + words);
}

void silence_engine() {
  call(xgboost().XGBRegisterLogCallback([](const char*) {}));
  call(xgboost().XGBSetGlobalConfig(R"({"verbosity": 0})"));
}

void FreeMatrix::operator()(void* handle) const noexcept { xgboost().XGDMatrixFree(handle); }

void FreeBooster::operator()(void* handle) const noexcept { xgboost().XGBoosterFree(handle); }

}  // namespace mf::engine
