#include "mf/contracts/ownership_boundaries.hpp"

#include <algorithm>
#include <map>

#include "contracts/document_io.hpp"
#include "contracts/field_fault.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, OwnershipBoundaries::Owner& owner) {
  visit("owner", owner.owner);
  visit("outputs", owner.outputs);
}

template <class V>
void describe(V& visit, OwnershipBoundaries& boundaries) {
  visit("schema_version", boundaries.schema_version);
  visit("revision", boundaries.revision);
  visit("owners", boundaries.owners);
}

MF_DOCUMENT(OwnershipBoundaries)

namespace {

constexpr std::string_view kModelFactory = "mf";
constexpr std::string_view kOwnOutputs[] = {"eval_report", "bundle_publication"};

[[noreturn]] void refuse(const std::string& where, const std::string& pointer, const std::string& why) {
  refuse_field(Code::OWNERSHIP_BOUNDARY_VIOLATION, where, pointer, why);
}

void require_one_owner_each(const OwnershipBoundaries& boundaries, const std::string& where) {
  std::map<std::string, std::string> owner_of;
  std::map<std::string, std::size_t> owners;
  for (std::size_t i = 0; i < boundaries.owners.size(); ++i) {
    const auto& owner = boundaries.owners[i];
    const std::string pointer = "/owners/" + std::to_string(i);
    if (!owners.try_emplace(owner.owner, i).second) refuse(where, pointer + "/owner", "stands there a second time");
    for (std::size_t k = 0; k < owner.outputs.size(); ++k)
      if (!owner_of.try_emplace(owner.outputs[k], owner.owner).second)
        refuse(where, pointer + "/outputs/" + std::to_string(k),
               "names " + owner.outputs[k] + ", which belongs to " + owner_of.at(owner.outputs[k]) +
                   " already; an output has one owner");
  }
}

void require_own_outputs(const OwnershipBoundaries& boundaries, const std::string& where) {
  const auto own = std::find_if(boundaries.owners.begin(), boundaries.owners.end(),
                                [](const auto& owner) { return owner.owner == kModelFactory; });
  if (own == boundaries.owners.end()) refuse(where, "/owners", "does not list the owner mf");
  for (const auto& output : kOwnOutputs)
    if (std::find(own->outputs.begin(), own->outputs.end(), output) == own->outputs.end())
      refuse(where, "/owners/" + std::to_string(own - boundaries.owners.begin()) + "/outputs",
             "does not list " + std::string(output) + ", which mf writes");
}

}  // namespace

OwnershipBoundaries read_ownership_boundaries(std::string_view bytes, const std::string& where) {
  auto boundaries = read_by_name<OwnershipBoundaries>(bytes, where);
  require_one_owner_each(boundaries, where);
  require_own_outputs(boundaries, where);
  return boundaries;
}

}  // namespace mf::contracts
