#include "report/artist.hpp"

#include <nlohmann/json.hpp>

#include "mf/error.hpp"
#include "report/chart_option.hpp"
#include "report/echarts.hpp"
#include "report/markup.hpp"

namespace mf::report {
namespace {

// ECharts asks for these when it is loaded. What it has to complain of is a defect of the chart.
constexpr const char* kSurroundings = R"js(
function refuse(words) { throw new Error(words); }
var console = {log: function () {}, warn: refuse, error: refuse};
function setTimeout() { return 0; }
function clearTimeout() {}
)js";

// What ECharts says for browsers that point at things is taken out: the page has neither scripts nor hovering.
constexpr const char* kDraw = R"js(
function draw(text) {
  var asked = JSON.parse(text);
  var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: asked.width, height: asked.height});
  chart.setOption(asked.option);
  var svg = chart.renderToSVGString();
  chart.dispose();
  return svg.replace(/<style[^>]*>[^]*?<\/style>/g, '').replace(/ (class|pointer-events|xml:space|ecmeta_\w+)="[^"]*"/g, '');
}
)js";

/// The drawing between the tags of `svg`.
std::string content_of(const std::string& svg) {
  const auto begin = svg.find('>'), end = svg.rfind("</svg>");
  if (!svg.starts_with("<svg") || begin == std::string::npos || end == std::string::npos)
    throw Error(Code::INTERNAL, "ECharts gave no drawing");
  return svg.substr(begin + 1, end - begin - 1);
}

std::string opening_tag(const ChartSize& size, const Caption& caption) {
  const std::string box = std::to_string(size.width) + " " + std::to_string(size.height);
  return R"(<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby=")" + caption.id + "-title " +
         caption.id + R"(-description" viewBox="0 0 )" + box + "\"><title id=\"" + caption.id + "-title\">" +
         escaped(caption.title) + "</title><desc id=\"" + caption.id + "-description\">" +
         escaped(caption.description) + "</desc>";
}

}  // namespace

Artist::Artist() {
  if (echarts_source().empty()) {
    why_not_ = "this mf was built without ECharts";
    return;
  }
  try {
    script_.emplace();
  } catch (const Error& error) {
    if (error.code() != Code::ENGINE_UNAVAILABLE) throw;
    why_not_ = error.message();
    return;
  }
  for (const std::string_view text : {std::string_view(kSurroundings), echarts_source(), std::string_view(kDraw)})
    script_->run(text);
}

std::optional<std::string> Artist::draw(const Chart& chart, const Caption& caption) {
  if (!script_) return {};
  const ChartSize size = size_of(chart);
  const nlohmann::json asked{{"width", size.width}, {"height", size.height}, {"option", option_of(chart)}};
  return opening_tag(size, caption) + content_of(script_->call("draw", asked.dump())) + "</svg>";
}

}  // namespace mf::report
