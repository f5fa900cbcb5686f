// Looks at the outputs of charts.ipynb where nothing runs them again.
//
//	node charts.mjs page PAGE.html OUT_DIR          # exported, with no network, in four ways
//	node charts.mjs vscode NOTEBOOK.ipynb OUT_DIR   # by the rules of VS Code
//	node charts.mjs untrusted LAB_URL NOTEBOOK OUT_DIR
//
// With scripts every part has to move, without them a stand-in has to be there. The
// notebook in JupyterLab that runs the cells itself is chapter.mjs with moving.mjs.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { foreignRequests, launch, notebookURL, showAllCells, wait } from './browser.mjs';
import { check, still } from './moving.mjs';
import { asVSCode } from './vscode.mjs';

const [how, ...args] = process.argv.slice(2);
const out = args.at(-1);
const browser = await launch();
let page;

async function open(options) {
  const context = await browser.newContext(options);
  page = await context.newPage();
  page.setDefaultTimeout(120_000); // the machine may have other work
  page.on('pageerror', (e) => { throw e; });
  return page;
}

const shot = (name, p = page) => p.screenshot({ path: path.join(out, `charts.${name}.png`), fullPage: true });

async function exported(file) {
  for (const [name, width, colorScheme, javaScriptEnabled] of [
    ['page-light', 1280, 'light', true], ['page-dark', 1280, 'dark', true],
    ['page-phone', 360, 'light', true], ['page-no-scripts', 1280, 'light', false],
  ]) {
    await open({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled, offline: true });
    const foreign = foreignRequests(page, '');
    await page.goto(pathToFileURL(path.resolve(file)).href);
    await page.waitForTimeout(500);
    if (!javaScriptEnabled) await still(page);
    else if (width > 400) await check(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) throw new Error(`${name}: the page is ${over} pixels wider than the window`);
    if (foreign.size) throw new Error(`${name}: the page asks ${[...foreign].join(', ')}`);
    await shot(name);
    console.log(`  browser: ${name} ok`);
    await page.context().close();
  }
}

async function vscode(notebook) {
  for (const [name, trusted, dark] of [['vscode-light', true, false], ['vscode-dark', true, true], ['vscode-untrusted', false, false]]) {
    const file = path.join(path.dirname(notebook), `${name}.html`);
    fs.writeFileSync(file, asVSCode(notebook, { trusted, dark }));
    await open({ viewport: { width: 1280, height: 900 }, colorScheme: dark ? 'dark' : 'light', offline: true });
    const foreign = foreignRequests(page, '');
    await page.goto(pathToFileURL(path.resolve(file)).href);
    if (trusted) await check(page);
    const seen = await page.evaluate(() => ({
      ink: document.querySelector('div[class^="chart_"] svg text')?.getAttribute('fill'),
      mute: [...document.images].filter((i) => i.alt.length < 10).length,
      scripts: document.querySelectorAll('.output input, .output button').length,
      long: Math.max(...[...document.querySelectorAll('pre')].map((p) => p.textContent.length)),
    }));
    if (seen.mute) throw new Error(`${name}: ${seen.mute} pictures have no description`);
    if (trusted && Number(`0x${seen.ink.slice(1, 3)}`) > 128 !== dark) throw new Error(`${name}: a chart's text is ${seen.ink}`);
    if (!trusted && (seen.scripts || seen.long > 3000)) throw new Error(`${name}: ${JSON.stringify(seen)}; only pictures and short texts should be there`);
    if (foreign.size) throw new Error(`${name}: the page asks ${[...foreign].join(', ')}`);
    await shot(name);
    console.log(`  browser: ${name} ok`);
    await page.context().close();
  }
}

async function untrusted(labURL, notebook) {
  await open({ viewport: { width: 1280, height: 6000 } });
  await showAllCells(page);
  const foreign = foreignRequests(page, new URL(labURL).host);
  await page.goto(notebookURL(labURL, notebook).href);
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor({ timeout: 60_000 });
  await wait(page, 'the outputs should appear', async () => await page.locator('div[class^="chart_"]').count() > 0, 60);
  await page.waitForTimeout(1500);
  await still(page);
  const alt = await page.locator('.jp-OutputArea-output.jp-RenderedImage img').first().getAttribute('alt');
  console.log(`  browser: JupyterLab describes the first figure as ${JSON.stringify(alt)}`);
  if (foreign.size) throw new Error(`the notebook asks ${[...foreign].join(', ')}`);
  await shot('untrusted');
  console.log('  browser: untrusted ok');
}

try {
  if (how === 'page') await exported(args[0]);
  else if (how === 'vscode') await vscode(args[0]);
  else if (how === 'untrusted') await untrusted(args[0], args[1]);
  else throw new Error('usage: node charts.mjs page PAGE OUT | vscode NOTEBOOK OUT | untrusted LAB_URL NOTEBOOK OUT');
} catch (e) {
  console.error(`  browser: ${how} FAILED: ${e.message}`);
  await shot('failed').catch(() => {});
  process.exitCode = 1;
}
await browser.close();
