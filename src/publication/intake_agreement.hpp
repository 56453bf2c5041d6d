#pragma once
// What the documents of a bundle say of one another.

#include "mf/publication/intake.hpp"

namespace mf::publication {

/// Holds every document that could be read against the others and against `terms`; adds what it finds.
void check_agreement(Intake& intake, const IntakeTerms& terms);

}  // namespace mf::publication
