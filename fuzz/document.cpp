// A document of any kind: refused, or accepted again as it is and in canonical form, with the same identity.
//
// The first byte chooses the kind (its number in the list of kinds), the lowest bit of the second JSON (0) or YAML (1);
// the rest is the document.

#include "mf/contracts/document_check.hpp"

#include "accepted.hpp"

namespace {

using mf::contracts::CheckedDocument;
using mf::contracts::DocumentKind;

bool same(const CheckedDocument& a, const CheckedDocument& b) {
  const auto run = [](const CheckedDocument& of) { return of.identity ? of.identity->run_id : std::string(); };
  return a.content_digest == b.content_digest && run(a) == run(b);
}

std::string canonical_form(std::string_view text, bool yaml, const std::string& where) {
  using namespace mf::contracts;
  return yaml ? canonical_form_of_yaml(text, where) : canonical_form_of_json(text, where);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto kinds = mf::contracts::document_kinds();
  const DocumentKind& kind = kinds[data[0] % kinds.size()];
  const bool yaml = (data[1] & 1) != 0;
  const std::string where = yaml ? "input.yaml" : "input.json";
  const auto text = mf::fuzz::text_of(data + 2, size - 2);

  const auto checked = mf::fuzz::accepted([&] { return check_document(kind, text, where); });
  if (!checked) return 0;
  mf::fuzz::require(same(*checked, check_document(kind, text, where)), "a document is accepted twice as the same");
  // YAML may refuse what a kind that is always read as JSON accepts.
  const auto canonical = mf::fuzz::accepted([&] { return canonical_form(text, yaml, where); });
  if (!canonical) return 0;
  mf::fuzz::require(same(*checked, check_document(kind, *canonical, "canonical.json")),
                    "a document in canonical form is the same document");
  return 0;
}
