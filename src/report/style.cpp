#include "report/style.hpp"

namespace mf::report {

const char* const kStyle = R"css(
:root { --ink: #1f2328; --soft: #57606a; --line: #d5dae0; --paper: #fff; --wash: #f5f7f9; --link: #0b5cad;
  --pass: #116329; --fail: #a40e26; --inconclusive: #7a4d00; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 76rem; color: var(--ink); background: var(--paper);
  overflow-wrap: break-word; font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p, ul { max-width: 46rem; }
ul { padding-left: 1.25rem; }
li { margin: .2rem 0; }
a { color: var(--link); }
code { font: .85em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code.long { overflow-wrap: anywhere; }
.subtitle { color: var(--soft); margin: 0 0 1rem; max-width: none; overflow-wrap: anywhere; }
.verdict { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; max-width: none; margin: 0;
  padding: .9rem 1.1rem; border: 1px solid; border-left-width: .5rem; border-radius: .4rem; }
.verdict strong { font-size: 1.3rem; letter-spacing: .02em; }
.verdict span { color: var(--ink); flex: 1 1 20rem; }
.verdict.pass { color: var(--pass); background: #eefaf1; }
.verdict.fail { color: var(--fail); background: #fff1f2; }
.verdict.inconclusive, .verdict.warning { color: var(--inconclusive); background: #fff8e6; }
.verdict.none { color: var(--soft); background: var(--wash); }
.notice { padding: .7rem 1rem; background: #fff8e6; border-left: .3rem solid var(--inconclusive); }
nav ul { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; list-style: none; padding: 0; margin: 1rem 0 0;
  max-width: none; font-size: .92rem; }
.scroll { overflow-x: auto; margin: .75rem 0 1.25rem; }
.scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .9rem; min-width: min(100%, 34rem); }
tbody th, td:last-child { min-width: 7.5rem; }
caption { text-align: left; color: var(--soft); padding: 0 0 .4rem; font-size: .9rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: min(46rem, calc(100vw - 3rem)); }
th, td { padding: .38rem .75rem .38rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { font-weight: 600; border-bottom: 2px solid #9aa1aa; vertical-align: bottom; }
tbody th { font-weight: 500; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: .75rem; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: .3rem; font-weight: 600; font-size: .85em;
  border: 1px solid currentColor; white-space: nowrap; }
.badge.pass { color: var(--pass); background: #eefaf1; }
.badge.fail { color: var(--fail); background: #fff1f2; }
.badge.inconclusive, .badge.warning { color: var(--inconclusive); background: #fff8e6; }
dl { margin: .75rem 0 1.25rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr));
  gap: .6rem 1.5rem; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.highlights { grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0 0; }
.highlights > div { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem; background: var(--wash); }
.highlights dd { font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.highlights small { display: block; font-weight: 400; font-size: .8rem; }
small { color: var(--soft); }
.number small { white-space: normal; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr)); gap: 1.75rem 2rem;
  align-items: start; margin: 1rem 0; }
figure { margin: 0; min-width: 0; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .9rem; margin-top: .35rem; }
figcaption strong { color: var(--ink); }
details { margin: .4rem 0 1rem; font-size: .92rem; }
summary { cursor: pointer; color: var(--link); }
details .scroll { max-height: 26rem; overflow-y: auto; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
@media print {
  @page { margin: 14mm 12mm; }
  html { font-size: 9.5pt; }
  body { padding: 0; max-width: none; }
  .number { white-space: normal; }
  th, td, th.number, td.number { padding-left: 0; padding-right: .6rem; }
  tbody th, td:last-child { min-width: 0; }
  nav, details { display: none; }
  h2, h3 { break-after: avoid; }
  h2 { margin-top: 1.5rem; }
  figure, tr, .verdict, dl > div { break-inside: avoid; }
  .highlights { grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0 0; }
.highlights > div { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem; background: var(--wash); }
.highlights dd { font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.highlights small { display: block; font-weight: 400; font-size: .8rem; }
small { color: var(--soft); }
.number small { white-space: normal; }
.figures { grid-template-columns: 1fr 1fr; gap: 1rem; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  .verdict, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace mf::report
