#include "factory/verification.hpp"

namespace mf::factory {
namespace {

/// Whether `error` says that somebody could not look, instead of what was seen.
bool is_blind(const Error& error) {
  const std::string_view category = error.row().category;
  return error.row().transient() || category == "STORE" || category == "ACCESS";
}

}  // namespace

void Verification::check_file(const std::string& name, const std::string& ref,
                              const std::function<std::uint64_t()>& look) {
  const Check check{name, ref, true, {}, {}};
  make(check, [&] { read(check, look); });
}

void Verification::check_file(const std::string& name, const std::string& ref, ExpectedDigest expected,
                              const std::function<std::uint64_t()>& look) {
  const Check check{name, ref, true, std::move(expected), {}};
  make(check, [&] { read(check, look); });
}

void Verification::check(const std::string& name, const std::string& ref, const std::function<void()>& look) {
  const std::int64_t files_before = files_;
  make({name, ref, false, {}, {}}, [&] {
    look();
    if (files_ == files_before) journal_.detail("agrees: " + name, {{"ref", ref}});
  });
}

void Verification::read(const Check& check, const std::function<std::uint64_t()>& look) {
  const std::uint64_t bytes = look();
  ++files_;
  bytes_ += static_cast<std::int64_t>(bytes);
  journal_.detail("as recorded: " + check.name, {{"ref", check.ref}, {"bytes", std::to_string(bytes)}});
}

void Verification::make(Check check, const std::function<void()>& look) {
  try {
    look();
  } catch (const Error& error) {
    take(check, error);
  }
  made_.push_back(std::move(check));
}

void Verification::take(Check& check, const Error& error) {
  if (error.code() == Code::INTERNAL) throw Error(error);
  Error told(error);
  told.with("check", check.name).with("ref", check.ref);
  journal_.detail((is_blind(error) ? "not read: " : "different: ") + check.name,
                  {{"ref", check.ref}, {"message", error.message()}});
  check.error = told;
  if (!is_blind(error)) {
    differences_.push_back({check.name, std::move(told)});
  } else if (!unread_) {
    unread_ = std::move(told);
  }
}

}  // namespace mf::factory
