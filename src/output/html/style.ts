import { html } from '../../core/html.ts'

/** The only style of the page. It names no address: nothing is fetched. */
export const style = html`
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --ink: #1d2126; --muted: #5a626c; --line: #e0e1de; --soft: #f0f0ed;
  --link: #1f5f99; --critical: #a8201a; --high: #b9520a; --medium: #8a6800; --low: #2d7450; --informational: #626b76;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131619; --card: #1a1e22; --ink: #e6e8ea; --muted: #a0a8b1; --line: #2d3339; --soft: #22272c;
    --link: #83b9ec; --critical: #ff8078; --high: #f59d52; --medium: #dcbc4e; --low: #71c293; --informational: #a0a8b1;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 0 20px 64px; background: var(--page); color: var(--ink);
  font: 15px/1.55 var(--sans); overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
}
main, header, footer { max-width: 1120px; margin: 0 auto; }
header { padding: 44px 0 8px; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 10px; font-weight: 650; }
h2 { font-size: 19px; letter-spacing: -.005em; margin: 44px 0 14px; font-weight: 650; }
h3 { font-size: 14px; margin: 26px 0 10px; font-weight: 600; }
h4 { font-size: 12.5px; color: var(--muted); margin: 20px 0 6px; font-weight: 600; }
p { margin: 0 0 10px; max-width: 76ch; }
a { color: var(--link); text-underline-offset: 2px; }
code, .code { font: 12.5px/1.5 var(--mono); }
.muted, .meta { color: var(--muted); }
.meta { font-size: 14px; }
.meta span + span::before { content: '·'; margin: 0 8px; }
.lead { font-size: 19px; line-height: 1.45; margin: 22px 0 4px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 18px 20px; }
.loss { margin-top: 18px; border-left: 4px solid var(--critical); }
.loss p { margin: 0; max-width: none; }
.critical { --level: var(--critical); } .high { --level: var(--high); } .medium { --level: var(--medium); }
.low { --level: var(--low); } .informational { --level: var(--informational); }
.levels { display: grid; grid-template-columns: repeat(5, 1fr); gap: 10px; margin: 26px 0 10px; padding: 0; list-style: none; }
.levels li { border-top: 3px solid var(--level); padding: 12px 16px; border-radius: 4px 4px 8px 8px; }
.levels b { display: block; font-size: 28px; line-height: 1.15; font-weight: 650; font-variant-numeric: tabular-nums; color: var(--level); }
.levels .none b { color: var(--muted); font-weight: 400; }
.levels .none { border-top-color: var(--line); }
.levels span { color: var(--muted); font-size: 13px; text-transform: capitalize; }
figure { margin: 10px 0 0; }
figcaption { color: var(--muted); font-size: 13px; display: flex; flex-wrap: wrap; gap: 4px 18px; justify-content: space-between; }
.key { display: flex; flex-wrap: wrap; gap: 0 14px; text-transform: capitalize; }
.key i { display: inline-block; width: 9px; height: 9px; border-radius: 2px; margin-right: 6px; background: var(--level); }
.plot { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 10px; margin-top: 16px; }
.plot svg { display: block; width: 100%; height: 150px; overflow: visible; }
.plot line { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.plot rect { fill: var(--level); stroke: var(--card); stroke-width: 1; vector-effect: non-scaling-stroke; }
.plot g:hover rect { opacity: .75; }
.plot .hover { fill: transparent; stroke: none; }
.scale, .ticks { color: var(--muted); font-size: 12px; font-variant-numeric: tabular-nums; }
.scale { display: flex; white-space: nowrap; flex-direction: column; justify-content: space-between; text-align: right; margin: -9px 0; }
.plot .ticks { grid-column: 2; height: 20px; }
.ticks text { fill: currentColor; }
.tools { display: none; gap: 10px 16px; flex-wrap: wrap; align-items: center; margin-bottom: 6px; }
.scripted .tools { display: flex; }
.tools input[type=search] {
  flex: 1 1 240px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: 6px; padding: 7px 12px; min-width: 0;
}
.tools label { white-space: nowrap; font-size: 14px; text-transform: capitalize; cursor: pointer; }
.tools input[type=checkbox] { accent-color: var(--level); margin: 0 6px 0 0; vertical-align: -1px; }
.tools button { font: inherit; font-size: 14px; color: var(--link); background: none; border: 0; padding: 4px 0; cursor: pointer; }
.tools output { color: var(--muted); font-size: 14px; font-variant-numeric: tabular-nums; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.group > h3 { text-transform: capitalize; color: var(--level); }
.group > h3 span { color: var(--muted); font-weight: 400; margin-left: 6px; }
.finding { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--level); border-radius: 6px; margin: 0 0 8px; }
.finding > summary {
  display: grid; grid-template-columns: 1fr auto; gap: 2px 24px; padding: 12px 18px; cursor: pointer; list-style: none;
}
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary:hover { background: var(--soft); }
.finding[open] > summary { border-bottom: 1px solid var(--line); }
.name { font-weight: 600; }
.name::before {
  content: ''; display: inline-block; width: 6px; height: 6px; margin: 0 10px 2px 1px; transform: rotate(-45deg);
  border: solid var(--muted); border-width: 0 1.5px 1.5px 0;
}
[open] > summary .name::before { transform: rotate(45deg); margin-bottom: 3px; }
.why { padding-left: 17px; }
.when { color: var(--muted); font-size: 13.5px; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.why { color: var(--muted); font-size: 14px; }
.result { font-size: 13.5px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.succeeded, .mixed { font-weight: 600; }
.denied, .unknown { color: var(--muted); }
.body { padding: 16px 18px 18px; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 40px; }
dl { display: grid; grid-template-columns: minmax(84px, max-content) 1fr; gap: 5px 18px; margin: 0; font-size: 14px; }
dt { color: var(--muted); }
dd { margin: 0; min-width: 0; }
dd ul, .plain { margin: 0; padding: 0; list-style: none; }
ul.notes { margin: 0; padding-left: 18px; font-size: 14px; max-width: 76ch; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; font-weight: 600; color: var(--muted); font-size: 12.5px; }
th, td { padding: 5px 18px 5px 0; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
table .level { color: var(--level); text-transform: capitalize; }
th { white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.evidence { margin-top: 20px; font-size: 14px; }
.evidence summary { cursor: pointer; color: var(--link); }
.evidence table { margin-top: 8px; min-width: 720px; overflow-wrap: normal; }
.evidence td { font: 12px/1.5 var(--mono); }
.evidence .hash { overflow-wrap: anywhere; min-width: 270px; color: var(--muted); }
.evidence .time { white-space: nowrap; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 10px; }
.facts h3, .block h3 { margin-top: 0; }
.facts dt::first-letter { text-transform: uppercase; }
.facts dl { grid-template-columns: 1fr auto; }
.facts dd { text-align: right; font-variant-numeric: tabular-nums; }
.block { margin-top: 10px; }
footer { margin-top: 44px; padding-top: 14px; border-top: 1px solid var(--line); color: var(--muted); font-size: 13px; }
[hidden] { display: none !important; }
@media (max-width: 640px) {
  body { padding: 0 14px 40px; }
  header { padding-top: 26px; }
  h1 { font-size: 24px; }
  .lead { font-size: 17px; }
  .card { padding: 14px; }
  .levels { gap: 6px; }
  .levels li { padding: 8px 7px; }
  .levels b { font-size: 17px; white-space: nowrap; }
  .levels span { font-size: 11px; }
  .meta span { display: block; }
  .meta span + span::before { content: none; }
  .ticks g:nth-child(even) { visibility: hidden; }
  .finding > summary { grid-template-columns: 1fr; padding: 12px 14px; }
  .when, .result { text-align: left; padding-left: 17px; }
  .when { order: 1; }
  .tools input[type=search] { flex-basis: 100%; }
  .body { padding: 14px; }
  .columns { grid-template-columns: 1fr; }
  .columns > div + div { margin-top: 16px; }
}
@media print {
  :root { color-scheme: light; }
  body { padding: 0; font-size: 11px; background: #fff; }
  .scripted .tools { display: none; }
  .finding, .card { break-inside: avoid-page; }
  .finding[open] { break-inside: auto; }
  .evidence table { min-width: 0; }
  a { color: inherit; }
}
`
