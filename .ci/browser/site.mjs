// Looks at a site that `credence site` wrote, opened as files with no network: at 1280
// and 360 pixels, light and dark. Screenshots go to OUT_DIR.
//
//	node site.mjs SITE_DIR OUT_DIR

import fs from 'node:fs';
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
      tex: [...document.querySelectorAll('main .katex-html')].some((e) => e.getBoundingClientRect().width > 0),
      math: document.querySelectorAll('main .katex').length,
    }));
    must(seen.over <= 0, `is ${seen.over} pixels wider than the window`);
    must(!seen.broken && !seen.mute, `${seen.broken} pictures do not load, ${seen.mute} have no description`);
    must(!seen.fonts, `${seen.fonts} fonts do not load`);
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
async function walk() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true });
  const page = await context.newPage();
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
  await page.keyboard.press('/');
  await page.keyboard.type('standard error');
  await page.locator('#found a').first().waitFor();
  await page.screenshot({ path: path.join(out, 'search.png') });
  must(/standard error/i.test(await page.locator('#found').innerText()), 'the search should show what it found');
  const to = await page.locator('#found a').first().getAttribute('href');
  await page.keyboard.press('Enter');
  await wait(page, `Enter should lead to ${to}`, async () => page.url().endsWith(to) && await page.locator(':target').isVisible());
  await page.locator('#q').fill('zzzz');
  await wait(page, 'the search should say that it found nothing', async () => /Nothing/.test(await page.locator('#found').innerText()));
  await page.keyboard.press('Escape');
  must(await page.locator('#found').isHidden(), 'Escape should close the search');
  await context.close();
}

for (const name of pages) {
  for (const width of [1280, 360]) {
    for (const scheme of ['light', 'dark']) await look(name, width, scheme);
  }
  console.log(`  browser: looked at ${name}`);
}
await walk().catch((e) => failures.push(e.message));
await browser.close();
for (const f of failures) console.error(`  browser: FAILED: ${f}`);
if (failures.length) process.exit(1);
console.log(`  browser: ${pages.length} pages ok; screenshots in ${out}`);
