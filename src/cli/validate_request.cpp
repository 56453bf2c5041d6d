#include <memory>

#include "cli/command.hpp"
#include "cli/request_file.hpp"
#include "mf/contracts/document_check.hpp"
#include "mf/error.hpp"
#include "mf/factory/fixtures.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

struct ValidateRequestOptions {
  std::string request;
  std::string fixtures;
  std::string kind;
};

const contracts::DocumentKind* kind_of(const ValidateRequestOptions& options) {
  return options.kind.empty() ? nullptr : &contracts::document_kind(options.kind);
}

factory::Result check_file(const ValidateRequestOptions& options) {
  const auto* kind = kind_of(options);
  const std::string bytes = read_request_file(options.request);
  const std::string name = name_of_request_file(options.request);
  return kind == nullptr ? factory::validate_request(bytes, name) : factory::validate_document(*kind, bytes, name);
}

factory::Result act(const ValidateRequestOptions& options) {
  if (options.request.empty() == options.fixtures.empty())
    throw Error(Code::USAGE, "validate-request takes a document or --fixtures DIR, one of the two");
  return options.fixtures.empty() ? check_file(options) : factory::check_fixtures(options.fixtures, kind_of(options));
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<ValidateRequestOptions>();
  app.add_option("REQUEST", options->request, "The request file, or with --kind another document; - is standard input")
      ->type_name("FILE");
  app.add_option("--kind", options->kind, "What the document is, such as dataset_manifest.v1")->type_name("KIND");
  app.add_option("--fixtures", options->fixtures, "Check all documents of a folder against its fixtures.json")
      ->type_name("DIR");
  return [options](Invocation&) { return act(*options); };
}

}  // namespace

Command validate_request_command() {
  return {
      "validate-request",
      kPhases,
      "Check a request alone, without store or profile; or any document, or a folder of fixtures",
      "  mf validate-request request.json\n"
      "  mf validate-request - < request.json\n"
      "  mf validate-request manifest.json --kind dataset_manifest.v1\n"
      "  mf validate-request --fixtures schemas/examples/dataset_manifest.v1\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
