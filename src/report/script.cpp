#include "report/script.hpp"

#include "mf/error.hpp"
#include "report/duktape_library.hpp"

namespace mf::report {

void Script::Destroy::operator()(duk_hthread* heap) const { duktape().duk_destroy_heap(heap); }

Script::Script() : heap_(duktape().duk_create_heap(nullptr, nullptr, nullptr, nullptr, nullptr)) {
  if (!heap_) throw Error(Code::OUT_OF_MEMORY, "there is not enough memory for a script");
}

void Script::run(std::string_view source) {
  const duk_uint_t flags = DUK_COMPILE_EVAL | DUK_COMPILE_NOSOURCE | DUK_COMPILE_SAFE | DUK_COMPILE_NOFILENAME;
  take_result(duktape().duk_eval_raw(heap_.get(), source.data(), source.size(), flags) != 0);
}

std::string Script::call(const char* function, std::string_view argument) {
  duktape().duk_get_global_string(heap_.get(), function);
  duktape().duk_push_lstring(heap_.get(), argument.data(), argument.size());
  return take_result(duktape().duk_pcall(heap_.get(), 1) != 0);
}

std::string Script::take_result(bool failed) {
  std::size_t size = 0;
  const char* text = duktape().duk_safe_to_lstring(heap_.get(), -1, &size);
  std::string result(text, size);
  duktape().duk_pop(heap_.get());
  if (failed) throw Error(Code::INTERNAL, "a script of mf failed: " + result);
  return result;
}

}  // namespace mf::report
