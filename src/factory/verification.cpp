#include "factory/verification.hpp"

namespace mf::factory {
namespace {

/// Whether `error` says that somebody could not look, instead of what was seen.
bool is_blind(const Error& error) {
  return error.row().transient() || std::string_view(error.row().category) == "STORE";
}

}  // namespace

void Verification::check_file(const std::string& name, const std::string& ref,
                              const std::function<std::uint64_t()>& look) {
  check(name, ref, [&] {
    const std::uint64_t bytes = look();
    ++files_;
    bytes_ += static_cast<std::int64_t>(bytes);
    journal_.detail("as recorded: " + name, {{"ref", ref}, {"bytes", std::to_string(bytes)}});
  });
}

void Verification::check(const std::string& name, const std::string& ref, const std::function<void()>& look) {
  ++checks_;
  const std::int64_t files_before = files_;
  try {
    look();
    if (files_ == files_before) journal_.detail("agrees: " + name, {{"ref", ref}});
  } catch (const Error& error) {
    take(name, ref, error);
  }
}

void Verification::take(const std::string& name, const std::string& ref, const Error& error) {
  if (error.code() == Code::INTERNAL) throw Error(error);
  Error told(error);
  told.with("check", name).with("ref", ref);
  journal_.detail((is_blind(error) ? "not read: " : "different: ") + name,
                  {{"ref", ref}, {"message", error.message()}});
  if (!is_blind(error)) {
    differences_.push_back({name, std::move(told)});
  } else if (!unread_) {
    unread_ = std::move(told);
  }
}

}  // namespace mf::factory
