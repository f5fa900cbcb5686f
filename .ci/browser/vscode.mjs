// A page that treats the outputs of a notebook as VS Code does. There is no VS Code in
// CI; these are the rules of its notebook (extensions/notebook-renderers and
// backLayerWebView.ts in github.com/microsoft/vscode, 2025):
//
//   - all outputs of a notebook share one document, which has no background of its own
//     and these restrictions on what may be loaded;
//   - HTML is set as innerHTML; then each of its scripts is run again, as a new element
//     at the end of the output that is taken away at once: document.currentScript is
//     nowhere near;
//   - in a folder that is not trusted, only pictures, LaTeX and plain text are shown;
//   - the plain text beside a picture is its description.

import fs from 'node:fs';

const rules = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; " +
  'img-src https: http: data: blob:; font-src https:; connect-src https:; child-src https: data:';

const text = (v) => Array.isArray(v) ? v.join('') : v ?? '';

export function asVSCode(file, { trusted, dark }) {
  const outputs = JSON.parse(fs.readFileSync(file)).cells.flatMap((c) => c.outputs ?? []);
  const bundles = outputs.filter((o) => o.data).map((o) => Object.fromEntries(Object.entries(o.data).map(([k, v]) => [k, text(v)])));
  for (const b of bundles) {
    if (!(b['text/plain']?.trim().length > 2)) throw new Error(`an output has no plain text: ${Object.keys(b)}`);
  }
  const page = (bundles, trusted) => {
    for (const b of bundles) {
      const el = document.createElement('div');
      el.className = 'output';
      document.body.append(el);
      if (trusted && b['text/html']) {
        el.innerHTML = b['text/html'];
        for (const s of [...el.getElementsByTagName('script')]) {
          const again = document.createElement('script');
          again.text = s.innerText;
          el.appendChild(again).parentNode.removeChild(again);
        }
      } else if (b['image/png']) {
        const img = document.createElement('img');
        img.src = `data:image/png;base64,${b['image/png']}`;
        img.alt = b['text/plain'];
        el.append(img);
      } else {
        el.append(document.createElement('pre'));
        el.firstChild.textContent = b['text/latex'] ?? b['text/plain'];
      }
    }
  };
  const data = JSON.stringify(bundles).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${rules}">
<meta name="color-scheme" content="${dark ? 'dark' : 'light'}">
<style>body { color: ${dark ? '#ccc' : '#3b3b3b'}; font: 13px system-ui } .output { padding: 8px 24px } .output > img { max-width: 100% } pre { white-space: pre-wrap }</style></head>
<body class="${dark ? 'vscode-dark' : 'vscode-light'}"><script>(${page})(${data}, ${trusted})</script></body></html>`;
}
