// Opens one chapter in a running JupyterLab with Chromium, runs all its cells as a
// reader would (menu Run > Run All Cells) and looks at what is on the page.
//
//   node chapter.mjs LAB_URL NOTEBOOK OUT_DIR [SECONDS [MODULE]]
//
// LAB_URL carries the token, NOTEBOOK is a path below the server's root, such as
// 02-bayes-rule.ipynb. Screenshots and the browser's log go to OUT_DIR.
// MODULE exports a function check(page) that looks at the page after all cells ran.
// Exit code 0: every cell ran, none shows an error, figures and formulas are there.

import fs from 'node:fs';
import path from 'node:path';
import { foreignRequests, launch, notebookURL, showAllCells } from './browser.mjs';

const [labURL, notebook, outDir, seconds = '300', more] = process.argv.slice(2);
if (!outDir) {
  console.error('usage: node chapter.mjs LAB_URL NOTEBOOK OUT_DIR [SECONDS]');
  process.exit(2);
}
const deadline = Date.now() + 1000 * Number(seconds);
const left = () => Math.max(1, deadline - Date.now());
const name = path.basename(notebook, '.ipynb');
fs.mkdirSync(outDir, { recursive: true });
const log = fs.createWriteStream(path.join(outDir, `${name}.browser.log`));
const step = (text) => console.log(`  browser: ${text}`);

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
page.on('console', (m) => log.write(`${m.type()}: ${m.text()}\n`));
page.on('pageerror', (e) => log.write(`uncaught: ${e.stack || e}\n`));

await showAllCells(page);
// Fail early and say so, if anything asks the network for something.
const foreign = foreignRequests(page, new URL(labURL).host);

// What the kernel says, read from JupyterLab's own connection: on the page an error
// looks like any other text on standard error.
const asked = new Map(); // message id -> cell id
const kernelErrors = []; // {cell, text}
let answered = false; // the kernel said who it is
page.on('websocket', (ws) => {
  ws.on('framesent', ({ payload }) => {
    const m = decode(payload);
    if (m?.header?.msg_type === 'execute_request') asked.set(m.header.msg_id, m.metadata.cellId);
  });
  ws.on('framereceived', ({ payload }) => {
    const m = decode(payload);
    answered ||= m?.header?.msg_type === 'kernel_info_reply';
    if (m?.header?.msg_type === 'error') {
      kernelErrors.push({ cell: asked.get(m.parent.msg_id), text: [...(m.content.traceback ?? []), `${m.content.ename}: ${m.content.evalue}`].join('\n').replace(/\x1b\[[0-9;]*m/g, '') });
    }
  });
});

// Reads one frame of the protocol v1.kernel.websocket.jupyter.org: a count, that many
// 64-bit offsets, then channel, header, parent header, metadata, content; or JSON.
function decode(payload) {
  try {
    if (typeof payload === 'string') {
      const m = JSON.parse(payload);
      return { header: m.header, parent: m.parent_header, metadata: m.metadata, content: m.content };
    }
    const at = (i) => Number(payload.readBigUInt64LE(8 * i));
    const part = (i) => JSON.parse(payload.subarray(at(i + 1), at(i + 2)).toString('utf8'));
    return { header: part(1), parent: part(2), metadata: part(3), content: part(4) };
  } catch {
    return undefined; // not a kernel message
  }
}

async function shot(label) {
  await page.screenshot({ path: path.join(outDir, `${name}.${label}.png`) });
}

// One object per cell, from what the reader sees.
function cells() {
  return page.evaluate(() => [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell')].map((cell) => ({
    code: cell.classList.contains('jp-CodeCell'),
    prompt: cell.querySelector('.jp-InputArea-prompt')?.textContent.trim() ?? '',
    source: cell.querySelector('.cm-content')?.innerText.trim().slice(0, 60) ?? '',
    output: cell.querySelector('.jp-Cell-outputArea')?.innerText ?? '',
    images: [...cell.querySelectorAll('.jp-OutputArea-output img')].map((i) => i.complete && i.naturalWidth > 0),
    charts: cell.querySelectorAll('.jp-OutputArea-output canvas, .jp-OutputArea-output svg').length,
    math: cell.querySelectorAll('mjx-container, .MathJax').length,
    badMath: cell.querySelectorAll('mjx-merror, .MathJax_Error').length,
  })));
}

async function check() {
  const url = notebookURL(labURL, notebook);
  step(`opens ${notebook}`);
  await page.goto(url.href, { timeout: left() });
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor({ timeout: left() });

  // The kernel comes from the notebook's metadata; a dialog means it did not.
  const kernel = page.locator('.jp-NotebookPanel-toolbar .jp-KernelName').first();
  for (const until = Date.now() + 60_000; ;) {
    const kernelName = (await kernel.count()) ? (await kernel.innerText()).trim() : '';
    if (await page.locator('.jp-Dialog').count()) {
      const text = await page.locator('.jp-Dialog').first().innerText();
      throw new Error(`JupyterLab asks instead of opening the chapter: ${text.replace(/\s+/g, ' ').slice(0, 200)}`);
    }
    if (kernelName === 'Go (Credence)' && answered) break;
    if (Date.now() > until) {
      throw new Error(`after 60 s the kernel is ${JSON.stringify(kernelName)}, ${answered ? '' : 'which does not answer; '}want "Go (Credence)"`);
    }
    await page.waitForTimeout(200);
  }
  step('kernel Go (Credence) answers');

  // The file says which cells are allowed to fail.
  const file = await page.evaluate(async (u) => (await (await fetch(u)).json()).content,
    new URL(`api/contents/${notebook}${new URL(labURL).search}`, url.href.replace(/lab\/tree\/.*/, '')).href);
  const mayFail = (id) => file.cells.find((c) => c.id === id)?.metadata.tags?.includes('raises-exception');

  const before = await cells();
  const runnable = before.filter((c) => c.code && c.source).length;
  step(`runs ${runnable} code cells of ${before.length} cells`);
  if (!runnable) throw new Error('the chapter shows no code cell');
  await page.locator('.lm-MenuBar-itemLabel', { hasText: /^Run$/ }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: /^Run All Cells$/ }).click();

  const started = Date.now();
  let said = 0;
  for (;;) {
    await page.waitForTimeout(500);
    const now = await cells();
    const broken = kernelErrors.find((e) => !mayFail(e.cell));
    if (broken) {
      const i = file.cells.findIndex((c) => c.id === broken.cell);
      const first = [file.cells[i]?.source ?? ''].flat().join('').split('\n')[0];
      throw new Error(`cell ${i + 1} (${JSON.stringify(first)}) gives an error:\n${broken.text}\nThe page shows:\n${now[i]?.output.slice(0, 3000)}`);
    }
    const busy = now.filter((c) => c.code && /\*/.test(c.prompt)).length;
    const done = now.filter((c) => c.code && /\d/.test(c.prompt)).length;
    if (done > said) {
      said = done;
      step(`${done} of ${runnable} cells done after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
    if (!busy && done >= runnable) break;
    if (Date.now() > deadline) throw new Error(`after ${seconds} s ${done} of ${runnable} cells are done, ${busy} still running or waiting`);
  }
  await page.waitForTimeout(1500); // charts draw, formulas settle

  const after = await cells();
  const lost = after.findIndex((c) => c.images.includes(false));
  if (lost >= 0) throw new Error(`cell ${lost + 1} has a picture that does not load`);
  const figures = after.reduce((n, c) => n + c.images.length + c.charts, 0);
  const math = after.reduce((n, c) => n + c.math, 0);
  const badMath = after.findIndex((c) => c.badMath);
  if (badMath >= 0) throw new Error(`cell ${badMath + 1} has a formula that MathJax cannot read`);
  if (!figures) throw new Error('all cells ran, but no figure is on the page');
  step(`${figures} figures and charts, ${math} formulas, no error`);
  if (foreign.size) throw new Error(`the page asked the network for ${[...foreign].join(', ')}; a chapter works offline`);
}

// The whole chapter as pictures, from top to bottom.
async function pictures() {
  await page.setViewportSize({ width: 1280, height: 2400 });
  const scroller = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer').first();
  await scroller.evaluate((e) => { e.scrollTop = 0; });
  const { height, window } = await scroller.evaluate((e) => ({ // up to the last cell: JupyterLab lets one scroll past it
    height: [...e.querySelectorAll('.jp-Cell')].at(-1).getBoundingClientRect().bottom - e.getBoundingClientRect().top,
    window: e.clientHeight,
  }));
  for (let k = 0, y = 0; y < height && k < 30; k++, y += window - 80) {
    await scroller.evaluate((e, top) => { e.scrollTop = top; }, y);
    await page.waitForTimeout(200);
    await shot(String(k + 1).padStart(2, '0'));
  }
}

let failure;
try {
  await check();
  if (more) await (await import(more)).check(page);
  await pictures();
} catch (e) {
  failure = e;
  await shot('failed').catch(() => {});
}
await browser.close();
log.end();
if (failure) {
  console.error(`  browser: ${notebook} FAILED: ${failure.message}`);
  process.exit(1);
}
step(`${notebook} ok; screenshots in ${outDir}`);
