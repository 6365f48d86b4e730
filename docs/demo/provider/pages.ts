const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes text safe inside HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A small page around this HTML. */
export function page(title: string, html: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 1rem/1.5 -apple-system, 'Segoe UI', Inter, Roboto, 'Helvetica Neue', 'Liberation Sans', system-ui, sans-serif }
body { display: grid; place-content: center; min-height: 90vh; margin: 1rem; background: light-dark(#eceef3, #101218); color: light-dark(#1e1f26, #ececf2) }
main { min-width: min(20rem, 80vw); padding: 2rem; border-radius: 14px; background: light-dark(#fff, #1a1d26) }
h1 { margin: 0 0 1rem; font-size: 1.5rem; letter-spacing: -.02em }
form { display: grid; gap: .4rem }
input, button { padding: .5rem .7rem; border: 1px solid light-dark(#c9ccd6, #3a3e4c); border-radius: 8px; background: none; color: inherit; font: inherit }
input { margin-bottom: .5rem }
button { cursor: pointer }
button:first-of-type { border-color: transparent; background: light-dark(#2a56c6, #8aaeff); color: light-dark(#fff, #101218) }
[role=alert] { margin: 0; color: light-dark(#b00020, #ff8a80) }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${html}
</main>
</body>
</html>`;
}
