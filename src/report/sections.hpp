#pragma once
// The sections of a page, in its order; each has a file of its own.

#include "mf/report/documents.hpp"
#include "report/content.hpp"

namespace mf::report {

Section verdict_section(const Documents& documents);
Section figures_section(const Documents& documents);
Section curves_section(const Documents& documents);
Section time_section(const Documents& documents);
Section slices_section(const Documents& documents);
Section explanations_section(const Documents& documents);
Section data_section(const Documents& documents);
Section leakage_section(const Documents& documents);
Section training_section(const Documents& documents);
Section model_card_section(const Documents& documents);
Section lineage_section(const Documents& documents);

}  // namespace mf::report
