/** The inspector's style. It is adopted as a sheet, which a strict content security policy allows. */
export const panelCss = `
/* The page can say something of each element, and of what it inherits. */
:host { all: initial !important; color-scheme: light dark !important; }
:host, .page {
  color-scheme: light dark;
  --paper: light-dark(#f7f6f2, #14161b);
  --panel: light-dark(#ffffff, #1c1f26);
  --ink: light-dark(#1c1e24, #eceef3);
  --muted: light-dark(#5c5f69, #a9adba);
  --line: light-dark(#d9d7d0, #333842);
  --sunk: light-dark(#e9e7e0, #2a2e37);
  --focus: light-dark(#0b5cad, #7cbcff);
  --anonymous: light-dark(#5f626c, #a7aab8);
  --authenticated: light-dark(#18704a, #5fd3a0);
  --refreshing: light-dark(#2a56c6, #8aaeff);
  --idle: light-dark(#8f5200, #f2b84b);
  --expired: light-dark(#b3261e, #ff8f86);
  --renewal: var(--refreshing);
  --request: light-dark(#6b3fa0, #c8a4f5);
  --held: light-dark(#94719f, #a98bc9);
  --on-fill: light-dark(#ffffff, #14161b);
}
* { box-sizing: border-box; }
.vigil-charts { --vigil-page: var(--panel); margin-block-start: 8px; }
.inspector {
  display: grid; grid-template-rows: auto 1fr; color: var(--ink); background: var(--paper);
  font: 13px/1.45 system-ui, sans-serif; block-size: 100%; min-block-size: 0;
}
.docked {
  position: fixed; inset-block-end: 0; inset-inline-end: 0; z-index: 2147483000;
  inline-size: min(980px, 100vw); block-size: min(78vh, 760px); border: 1px solid var(--line);
  border-start-start-radius: 12px; overflow: hidden; box-shadow: 0 0 32px rgb(0 0 0 / 25%);
}
.docked.small { block-size: auto; inline-size: auto; }
.docked.small .body { display: none; }
.head { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 8px 12px; border-block-end: 1px solid var(--line); background: var(--panel); }
.head h2 { font-size: 14px; margin: 0; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 100%; }
.head nav { display: flex; flex-wrap: wrap; gap: 4px; inline-size: 100%; }
.head nav button { background: none; border-color: transparent; padding-inline: 6px; text-decoration: underline; text-underline-offset: 3px; }
section { scroll-margin-block-start: 8px; }
.head .spring { flex: 1; }
.body {
  overflow: auto; padding: 12px; display: grid; gap: 12px; align-content: start; container-type: inline-size;
  grid-template-columns: minmax(0, 1fr);
}
section { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px; min-inline-size: 0; }
h3 { font-size: 12px; margin: 0 0 6px; color: var(--muted); font-weight: 600; }
p { margin: 2px 0; overflow-wrap: anywhere; }
.muted { color: var(--muted); }
button, select, input {
  font: inherit; color: inherit; background: var(--sunk); border: 1px solid var(--line); border-radius: 6px;
  padding: 4px 10px; min-block-size: 28px;
}
button:hover { border-color: var(--muted); }
button[aria-pressed='true'] { background: var(--ink); color: var(--paper); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.state { padding: 1px 8px; border-radius: 99px; border: 1px solid currentColor; }
.state[data-state='anonymous'] { color: var(--anonymous); }
.state[data-state='authenticated'] { color: var(--authenticated); }
.state[data-state='refreshing'] { color: var(--refreshing); }
.state[data-state='idle'] { color: var(--idle); }
.state[data-state='expired'] { color: var(--expired); }
.edges { list-style: none; margin: 0; padding: 0; }
.edge { font-weight: 600; }
.story { margin: 2px 0; padding-inline-start: 18px; }
.log .story { padding: 0; margin-block-start: 6px; }
.story:empty { display: none; }
.bar .legend { font-size: 12px; margin: 1px 0 0; }
summary { cursor: pointer; color: var(--muted); margin-block-start: 6px; }
.pair { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); }
.bar { margin-block: 6px; }
.bar .left { float: inline-end; font-variant-numeric: tabular-nums; }
.track { position: relative; block-size: 10px; border-radius: 5px; background: var(--sunk); overflow: hidden; border: 1px solid var(--line); }
.rest { position: absolute; inset-block: 0; inset-inline-start: 0; background: var(--authenticated); }
.mark { position: absolute; inset-block: 0; inline-size: 2px; background: var(--ink); }
.forecast ol { margin: 0; padding-inline-start: 18px; }
.controls, .tools { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-block-end: 6px; }
.timeline canvas { inline-size: 100%; block-size: 96px; display: block; cursor: crosshair; touch-action: pan-y; }
.under { min-block-size: 1.5em; color: var(--muted); }
.timeline ul.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 4px 0 0; padding: 0; list-style: none; color: var(--muted); }
.patch { display: inline-block; inline-size: 12px; block-size: 12px; margin-inline-end: 5px; vertical-align: -1px; forced-color-adjust: none; }
.patch.held { block-size: 6px; vertical-align: 2px; }
.patch.anonymous { background: var(--anonymous); }
.patch.authenticated { background: var(--authenticated); }
.patch.refreshing { background: var(--refreshing); }
.patch.idle { background: var(--idle); }
.patch.expired { background: var(--expired); }
.patch.held { background: var(--held); }
.patch.request { background: var(--request); }
.swatches { position: absolute; inline-size: 0; block-size: 0; overflow: hidden; forced-color-adjust: none; }
.rows { position: relative; block-size: 240px; overflow: auto; border: 1px solid var(--line); border-radius: 6px; }
.space { position: relative; }
.row {
  position: absolute; inset-inline: 0; block-size: 26px; padding: 3px 8px; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; cursor: pointer;
}
.row .time { color: var(--muted); font-variant-numeric: tabular-nums; }
.row.failure { color: var(--expired); }
.row[aria-selected='true'] { background: var(--ink); color: var(--paper); }
.row[aria-selected='true'] .time { color: inherit; }
.detail { margin: 6px 0 0; max-block-size: 200px; overflow: auto; background: var(--sunk); border-radius: 6px; padding: 8px; font-size: 12px; }
.trouble { color: var(--expired); }
[hidden] { display: none !important; }
@container (max-width: 620px) { .chart { order: 9; } }
@media (forced-colors: active) {
  .swatches, .patch { --held: CanvasText; --on-fill: Canvas; --ink: CanvasText; --focus: Highlight; --anonymous: GrayText; --authenticated: CanvasText; --refreshing: Highlight; --idle: LinkText; --expired: VisitedText; --renewal: Highlight; --request: LinkText; }
  .rest { background: Highlight; forced-color-adjust: none; }
  .mark { background: CanvasText; forced-color-adjust: none; }
  .row[aria-selected='true'] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
`;
