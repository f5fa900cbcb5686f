// Looks at the gallery of figures as a file with no network: light and dark, on screens
// of one and of two pixels for each CSS pixel, wide and narrow. Screenshots, in pieces
// that an image viewer can take, go to OUT_DIR.
//
//	node gallery.mjs PAGE.html OUT_DIR

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { foreignRequests, launch } from './browser.mjs';

const [file, out] = process.argv.slice(2);
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
const browser = await launch();

async function look(theme, deviceScaleFactor, width) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor, offline: true });
  page.setDefaultTimeout(120_000); // the machine may have other work
  const foreign = foreignRequests(page, '');
  await page.goto(pathToFileURL(path.resolve(file)).href);
  await page.locator(`#${theme}`).check();
  const seen = await page.evaluate(async () => {
    const shown = [...document.images].filter((i) => i.offsetParent);
    await Promise.all(shown.map((i) => i.decode()));
    return {
      pictures: shown.length,
      over: document.documentElement.scrollWidth - innerWidth,
      bad: shown.filter((i) => i.naturalWidth !== 2 * i.getAttribute('width') || i.alt.length < 20).length,
      height: document.documentElement.scrollHeight,
    };
  });
  if (seen.pictures < 30 || seen.bad || seen.over > 0 || foreign.size) {
    throw new Error(`${theme}, ${deviceScaleFactor}×, ${width} pixels: ${JSON.stringify(seen)}, asks ${[...foreign].join(', ') || 'nobody'}`);
  }
  const step = 1200;
  for (let y = 0, k = 1; y < seen.height; y += step, k++) {
    await page.screenshot({ path: path.join(out, `${theme}-${deviceScaleFactor}x-${width}.${String(k).padStart(2, '0')}.png`), fullPage: true,
      clip: { x: 0, y, width, height: Math.min(step, seen.height - y) } });
  }
  console.log(`  browser: ${seen.pictures} figures, ${theme}, ${deviceScaleFactor}×, ${width} pixels wide`);
  await page.close();
}

try {
  for (const theme of ['light', 'dark']) {
    for (const scale of [1, 2]) await look(theme, scale, 1320);
    await look(theme, 2, 360);
  }
} catch (e) {
  console.error(`  browser: FAILED: ${e.message}`);
  process.exitCode = 1;
}
await browser.close();
