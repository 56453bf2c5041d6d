#pragma once
// Numbers as people read them.

#include <cstdint>
#include <optional>
#include <string>

namespace mf::report {

/// As many digits as are worth reading: 0.9518, 12.346, 0.00207, 1,000. None: –.
std::string number(const std::optional<double>& value);

/// As a percentage with up to three significant digits: 0.901 %, 0.5 %.
std::string percentage(const std::optional<double>& value);

/// With a comma between thousands.
std::string count(std::int64_t value);

/// All digits that tell it from its neighbours, for thresholds.
std::string exact_number(double value);

/// `one`, or with the number `many` of them: 1 row, 2,000 rows.
std::string counted(std::int64_t value, const std::string& one, const std::string& many);

}  // namespace mf::report
