#pragma once
// The evaluation of a run as a page that a person reads, who was not there.
//
// Room: report (the only room that touches Duktape and ECharts).

#include <string>

#include "mf/report/documents.hpp"

namespace mf::report {

enum class Format { html, markdown };

struct WrittenPage {
  std::string text;
  std::string without_charts;  ///< why the charts are left out; empty when they are there, or were not asked for
};

/// The page of `documents`: verdict, figures with intervals, curves, slices, data, a model card, lineage. HTML is one
/// file that fetches nothing and runs nothing; the charts are drawn in it. Markdown has their numbers alone. All that
/// the documents say is escaped. The same documents give the same bytes.
WrittenPage write_page(const Documents& documents, Format format);

}  // namespace mf::report
