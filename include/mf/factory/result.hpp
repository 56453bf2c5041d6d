#pragma once
// What a story ends with: an outcome and where its documents lie.
//
// Room: factory.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mf/contracts/train_build_request.hpp"
#include "mf/error.hpp"

namespace mf::factory {

/// A number, a word, or a list of lines worth telling.
using Figure = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

/// A list of things of one kind, of any length.
struct Table {
  std::vector<std::string> columns;       ///< their names
  std::vector<std::vector<Figure>> rows;  ///< a cell for each column; an empty text is none
};

struct Result {
  std::string outcome;                                  ///< one word of docs/cli, such as PUBLISHED
  std::string run;                                      ///< tr_...; empty where there is no run
  std::optional<contracts::RequestIdentity> identity;   ///< where it is known
  std::map<std::string, std::string> refs;              ///< document -> store key
  std::vector<std::pair<std::string, Figure>> figures;  ///< in the order they are told
  std::optional<Table> table;                           ///< what was asked for, where that is a list
  std::vector<std::string> lines;                       ///< for people: what happened, why, where things are
  bool lines_alone = false;                             ///< the lines say everything: people need no outcome above them
  std::string verbatim;                                 ///< all that people see, as it is, where there is such a thing
  std::string next;                                     ///< the command that goes on from here; may be empty
  int exit_status = 0;                                  ///< 0, or 1 for a negative verdict, or the failure's own
  std::optional<Error> failure;  ///< of an outcome that is also a failure, such as PUBLISH_PENDING
};

}  // namespace mf::factory
