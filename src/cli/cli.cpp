#include "mf/cli/cli.hpp"

#include <new>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/account.hpp"
#include "cli/command_line.hpp"
#include "cli/find_profile.hpp"
#include "cli/standard_streams.hpp"
#include "cli/version.hpp"
#include "mf/observability/printable.hpp"
#include "mf/time.hpp"

namespace mf::cli {
namespace {

/// A call of the program, from its words to its exit status.
class Call {
 public:
  Call(int argc, char** argv) : json_(asks_for_json(argc, argv)) {
    guard_streams();
    account_ = told_without_failing([&] { return listen(argc, argv); });
  }

  int tell() {
    if (!account_) return status_;
    const bool written = write_result(json_ ? as_json(*account_) : as_text(*account_));
    if (!json_) write_notice(failure_notice());
    return arrived(written, exit_status(*account_));
  }

 private:
  /// The single catch of the program.
  template <class Work>
  std::optional<Account> told_without_failing(Work work) {
    try {
      return work();
    } catch (const Error& error) {
      return fail(error);
    } catch (const std::bad_alloc&) {
      return fail(Error(Code::OUT_OF_MEMORY, "there is not enough memory for " + shown_command()));
    } catch (const std::exception& defect) {
      return fail(Error(Code::INTERNAL, std::string("a defect of mf: ") + defect.what()));
    }
  }

  /// Understands the words and does what they ask; nothing when that was help or version.
  std::optional<Account> listen(int argc, char** argv) {
    switch (line_.parse(argc, argv)) {
      case CommandLine::Asked::help:
        status_ = arrived(write_result(line_.help()), 0);
        return {};
      case CommandLine::Asked::version:
        status_ = arrived(write_result(std::string("mf ") + kVersion + "\n"), 0);
        return {};
      case CommandLine::Asked::nothing:
        return answer_silence();
      case CommandLine::Asked::command:
        break;
    }
    return act();
  }

  std::optional<Account> answer_silence() {
    const Error error(Code::USAGE, "no command was given", {}, "See `mf --help`; examples come first.");
    if (json_) throw error;
    write_notice(line_.help());
    status_ = error.row().exit_status;
    return {};
  }

  /// The invocation, and with it the journal's live line, is gone before anything is told.
  Account act() {
    Invocation invocation(line_.options(), known_);
    auto result = line_.action()(invocation);
    if (result.run.empty()) result.run = known_.run;
    if (!result.identity) result.identity = known_.identity;
    result.next = under_same_profile(result.next, line_.options().profile);
    return {line_.command()->name, line_.command()->shown, line_.options().verbose, false, std::move(result)};
  }

  Account fail(const Error& error) {
    auto account = account_of(error, line_.command() == nullptr ? "" : line_.command()->name, known_);
    account.verbose = line_.options().verbose;
    return account;
  }

  [[nodiscard]] std::string shown_command() const {
    return line_.command() == nullptr ? "mf" : "mf " + std::string(line_.command()->name);
  }

  [[nodiscard]] std::string failure_notice() const {
    if (line_.options().log_format != "json" || !account_->result.failure) return failure_as_text(*account_);
    const auto& failure = *account_->result.failure;
    const nlohmann::ordered_json notice{{"ts", to_string(SystemClock().now())},
                                        {"level", "error"},
                                        {"message", failure.message()},
                                        {"fields", {{"code", failure.row().name}, {"hint", failure.hint()}}}};
    return observability::printable_json(
               notice.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) +
           "\n";
  }

  static int arrived(bool written, int status) {
    if (written) return status;
    write_notice("mf: the result could not be written to standard output\n");
    return status == 0 ? kResultNotWritten : status;
  }

  bool json_;
  CommandLine line_;
  KnownRun known_;
  std::optional<Account> account_;
  int status_ = 0;
};

}  // namespace

int run_program(int argc, char** argv) {
  // Never destroyed: the process ends, and what it holds of a long list need not be given back word by word.
  static Call* const kCall = new Call(argc, argv);
  return kCall->tell();
}

}  // namespace mf::cli
