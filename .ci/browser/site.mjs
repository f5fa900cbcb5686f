// Looks at a site that `credence site` wrote, opened as files with no network: at 1280
// and 360 pixels, light and dark. Then walks through it, searches, and moves what moves;
// once as files, and once from a server, below a path. Screenshots go to OUT_DIR.
//
//	node site.mjs SITE_DIR OUT_DIR

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { foreignRequests, launch, wait } from './browser.mjs';

const [dir, out] = process.argv.slice(2);
const address = (name) => pathToFileURL(path.resolve(dir, name)).href;
const pages = fs.readdirSync(dir).filter((f) => f.endsWith('.html'));
fs.mkdirSync(out, { recursive: true });
const browser = await launch();
const failures = [];

function must(holds, what) {
  if (!holds) throw new Error(what);
}

// One page in one look: it fits, draws, and asks nobody for anything.
async function look(name, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // the machine may have other work
  const foreign = foreignRequests(page, ''), errors = [];
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); });
  try {
    await page.goto(address(name));
    await wait(page, 'each chart should be drawn', () => page.evaluate(() =>
      [...document.querySelectorAll('div[class^="chart_"]')].every((d) => d.querySelector('svg, canvas'))));
    await page.evaluate(() => document.fonts.ready);
    const seen = await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - innerWidth,
      broken: [...document.images].filter((i) => !i.complete || !i.naturalWidth).length,
      mute: [...document.images].filter((i) => !i.alt).length,
      fonts: [...document.fonts].filter((f) => f.status === 'error').length,
      dark: getComputedStyle(document.body).backgroundColor,
      wide: [...document.querySelectorAll('main .katex-display')].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.querySelector('annotation').textContent),
      tex: [...document.querySelectorAll('main .katex-html')].some((e) => e.getBoundingClientRect().width > 0),
      math: document.querySelectorAll('main .katex').length,
    }));
    must(seen.over <= 0, `is ${seen.over} pixels wider than the window`);
    must(!seen.broken && !seen.mute, `${seen.broken} pictures do not load, ${seen.mute} have no description`);
    must(!seen.fonts, `${seen.fonts} fonts do not load`);
    must(!seen.wide.length, `formulas are wider than the text: ${seen.wide.join('; ')}`);
    must(!seen.math || seen.tex, 'no formula is visible');
    must((colorScheme === 'dark') === (Number(seen.dark.match(/\d+/)[0]) < 100), `on a ${colorScheme} screen the page is ${seen.dark}`);
    must(!foreign.size, `asks ${[...foreign].join(', ')}`);
    must(!errors.length, errors.join('; '));
    await shoot(page, `${name.replace('.html', '')}.${width}-${colorScheme}`);
  } catch (e) {
    failures.push(`${name} at ${width} pixels, ${colorScheme}: ${e.message}`);
  }
  await context.close();
}

// The page, in pieces that an image viewer can take: whole in two looks, its top in the
// others.
async function shoot(page, name) {
  const { height, width } = await page.evaluate(() => ({ height: document.documentElement.scrollHeight, width: innerWidth }));
  const whole = /1280-light|360-dark/.test(name);
  for (let y = 0, k = 1; y < height && (whole || k === 1); y += 4000, k++) {
    await page.screenshot({ path: path.join(out, `${name}.${String(k).padStart(2, '0')}.png`), fullPage: true,
      clip: { x: 0, y, width, height: Math.min(4000, height - y) } });
  }
}

// The way through the site: next, next, next meets every page; search finds and goes.
async function walk(address, offline) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); }); // a file that is not there, too
  page.setDefaultTimeout(120_000); // the machine may have other work
  await page.goto(address('index.html'));
  const here = () => path.basename(new URL(page.url()).pathname);
  const met = ['index.html'];
  while (await page.locator('.turn .next').count()) {
    await page.locator('.turn .next').click();
    await page.waitForLoadState();
    must(!met.includes(here()), `next leads in a circle, to ${here()}`);
    met.push(here());
  }
  must(met.length === pages.length, `next leads past ${met.length} of ${pages.length} pages: ${met.join(', ')}`);
  await page.locator('.turn .prev').click();
  await wait(page, 'previous should lead back', async () => here() === met.at(-2));

  await page.goto(address('index.html'));
  for (const link of await page.locator('.contents a').evaluateAll((as) => as.map((a) => a.getAttribute('href')))) {
    must(pages.includes(link), `the contents lead to ${link}, which is not there`);
  }
  await search(page);
  await moving(page, address);
  must(!errors.length, errors.join('; '));
  await context.close();
}

async function search(page) {
  const found = page.locator('#found'), links = found.locator('a');
  await page.keyboard.press('/');
  await page.keyboard.type('standard error');
  await links.first().waitFor();
  await page.screenshot({ path: path.join(out, 'search.png') });
  must(/standard error/i.test(await found.innerText()), 'the search should show what it found');
  must(await links.count() === 20 && /and \d+ more/.test(await found.innerText()), 'of many places, twenty should be shown and the others counted');
  for (const [query, want] of [['NewPCG', /rand\.NewPCG/], ['sigma', /σ/], ['\\theta', /θ/], ['Bayes’ rule', /Bayes' rule/], ['SOFTPLUS', /softplus/]]) {
    await page.locator('#q').fill(query); // code, formulas, quotes, capitals
    await wait(page, `a search for ${query} should find it`, async () => want.test(await links.first().innerText()));
  }
  await page.locator('#q').fill('zzzz');
  await wait(page, 'the search should say that it found nothing', async () => /Nothing/.test(await found.innerText()));
  await page.keyboard.press('Escape');
  must(await found.isHidden(), 'Escape should close the search');

  await page.locator('#q').fill('reparameterised draw');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const to = (await links.first().getAttribute('href')).replace(/\?[^#]*/, '');
  await page.keyboard.press('Enter');
  await wait(page, `Enter should lead to ${to}`, async () => page.url().endsWith(to) && await page.locator(':target').isVisible());
  const marks = () => page.evaluate(() => { // how many words are marked, and is the first of them in sight
    const all = [...CSS.highlights.get('found') ?? []], box = all[0]?.getBoundingClientRect();
    return box && box.top > 0 && box.bottom < innerHeight ? all.length : 0;
  });
  await wait(page, 'what was searched for should be marked where it is found', async () => await marks() > 0);
  await page.screenshot({ path: path.join(out, 'found.png') });

  await page.keyboard.press('/'); // and a place on the same page
  await page.keyboard.type('Kullback');
  await links.first().waitFor();
  await page.keyboard.press('Enter');
  await wait(page, 'a place on the same page should be reached, and marked', async () => await found.isHidden() && await marks() > 0);
}

// A slider moves, a chart answers the mouse, and takes its colours from the screen.
async function moving(page, address) {
  await page.goto(address('01-coin-flips.html'));
  const frames = page.locator('div[class^="frames_"]').first(), label = frames.locator('output');
  const last = await label.innerText();
  await frames.locator('input[type=range]').focus();
  await page.keyboard.press('ArrowLeft');
  must(await label.innerText() !== last, 'a slider should move');

  const chart = page.locator('div[class^="chart_"]').first();
  await chart.scrollIntoViewIfNeeded();
  await chart.locator('svg, canvas').first().waitFor();
  const text = (c) => c.locator('svg').first().evaluate((svg) => [...svg.querySelectorAll('text')].map((t) => t.getAttribute('fill')).join());
  const light = await text(chart);
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2 + 5, box.y + box.height / 2);
  await wait(page, 'the mouse over a chart should bring up its values', async () => /0\.\d+/.test(await chart.innerText()));
  await page.screenshot({ path: path.join(out, 'tooltip.png') });
  await page.emulateMedia({ colorScheme: 'dark' });
  await wait(page, 'a chart should follow the screen into the dark', async () => await text(chart) !== light);
  await page.emulateMedia({ colorScheme: 'light' });
}

// The directory below /some/where/, as any host serves files.
function serve() {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://host').pathname).replace(/^\/some\/where\//, '') || 'index.html';
    const file = path.join(dir, path.basename(name));
    if (name !== path.basename(name) || !fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': name.endsWith('.js') ? 'text/javascript' : 'text/html' }).end(fs.readFileSync(file));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

for (const name of pages) {
  for (const width of [1280, 360]) {
    for (const scheme of ['light', 'dark']) await look(name, width, scheme);
  }
  console.log(`  browser: looked at ${name}`);
}
await walk(address, true).catch((e) => failures.push(`as files: ${e.message}`));
const server = await serve();
const served = (name) => `http://127.0.0.1:${server.address().port}/some/where/${name}`;
await walk(served, false).catch((e) => failures.push(`from a server: ${e.message}`));
server.close();
await browser.close();
for (const f of failures) console.error(`  browser: FAILED: ${f}`);
if (failures.length) process.exit(1);
console.log(`  browser: ${pages.length} pages ok; screenshots in ${out}`);
