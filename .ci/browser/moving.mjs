// What has to be true of the outputs of charts.ipynb, in JupyterLab as in a page of its
// own: check(page) where scripts run, still(page) where they do not.

import { wait } from './browser.mjs';

const charts = 'div[class^="chart_"]';
const kinds = 5; // loss, confusion, calibration, acquisition, traces

function must(holds, what) {
  if (!holds) throw new Error(what);
}

// Every chart is drawn, and every part moves when it is touched.
export async function check(page) {
  must(await page.locator(charts).count() === kinds, `the page should have ${kinds} charts`);
  await wait(page, 'each chart should be drawn, with its stand-in gone', () => page.evaluate((s) =>
    [...document.querySelectorAll(s)].every((d) => d.querySelector('svg') && !d.querySelector('img')), charts));

  await slider(page);
  await tabs(page);
  await hover(page, 'Penguins', 'Chinstrap', /taken for|recognised/);
  await stepper(page);
  await brush(page);
  await legend(page);
}

async function slider(page) {
  const block = page.locator('div[class^="frames_"]').first();
  const range = block.locator('input[type=range]');
  const seen = async () => [await block.locator('output').innerText(), await block.locator('img').getAttribute('src'), await block.locator('img').getAttribute('alt')];
  const [label, src] = await seen();
  must(label === 'm = 0.8', `the slider should start at its last frame, not at ${label}`);
  await range.focus();
  await page.keyboard.press('ArrowLeft');
  const [now, other, alt] = await seen();
  must(now === 'm = 0.5' && other !== src && /bell at 0\.5/.test(alt), `after one step to the left the slider shows ${now}, ${alt}`);
  const box = await range.boundingBox();
  await page.mouse.click(box.x + 4, box.y + box.height / 2);
  must((await seen())[0] === 'm = 0.2', 'a click at its left end should move the slider there');
}

async function tabs(page) {
  const block = page.locator('div[class^="tabs_"]').first();
  const panels = block.locator('[role=tabpanel]');
  const shown = async () => [await panels.nth(0).isVisible(), await panels.nth(1).isVisible()].join();
  must(await shown() === 'true,false', 'the first tab, and only it, should be open');
  await block.locator('[role=tab]').nth(1).click();
  must(await shown() === 'false,true', 'a click on the second tab should open it, and only it');
  await wait(page, 'a chart in a tab should take its place when it is opened', async () => {
    const svg = await block.locator(`${charts} svg`).boundingBox();
    return svg && svg.width > 300;
  });
  must(/ELBO, with a gap/.test(await block.locator(`${charts} svg`).innerHTML()), 'a NaN in a trace should not take the chart away');
  await page.keyboard.press('ArrowLeft');
  must(await shown() === 'true,false', 'the left arrow should go back to the first tab');
}

const chart = (page, title) => page.locator(charts, { has: page.locator('svg text', { hasText: title }) }).first();

// The middle of the first text of a chart that is exactly this.
async function place(page, title, text, n = 0) {
  const at = chart(page, title).locator('svg text', { hasText: new RegExp(`^${text}$`) });
  await chart(page, title).scrollIntoViewIfNeeded();
  const box = await (n < 0 ? at.last() : at.nth(n)).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function hover(page, title, text, want) {
  const { x, y } = await place(page, title, '13');
  await page.mouse.move(x - 20, y);
  await page.mouse.move(x + 12, y + 4);
  await wait(page, `the mouse over ${title} should bring up a text`, async () => want.test(await chart(page, title).innerText()));
}

async function stepper(page) {
  must(await chart(page, /step 5 of 5/).count() === 1, 'the stepper should start at its last step');
  const { x, y } = await place(page, /step 5 of 5/, '2', -1);
  await page.mouse.click(x, y);
  await wait(page, 'a click on 2 should show step 2', async () => await chart(page, /step 2 of 5/).count() === 1);
}

async function brush(page) {
  const c = chart(page, /HMC, two weights/);
  const faint = () => c.locator('svg').first().evaluate((svg) => [...svg.querySelectorAll('path')].filter((p) => {
    const a = Number(p.getAttribute('fill-opacity') ?? 1), rgba = /rgba\(.*,\s*([\d.]+)\)/.exec(p.getAttribute('fill') ?? '');
    return a < 0.2 || (rgba && Number(rgba[1]) < 0.2);
  }).length);
  await c.scrollIntoViewIfNeeded();
  must(await faint() < 10, 'before a drag no draw should be faint');
  const box = await c.boundingBox();
  await page.mouse.move(box.x + 150, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 220, box.y + 150, { steps: 6 });
  await page.mouse.up();
  await wait(page, 'a drag should make most draws of all panels faint', async () => await faint() > 600);
}

async function legend(page) {
  const curve = () => chart(page, 'Promised and kept').locator('svg').first().evaluate((svg) => svg.querySelectorAll('path[stroke="#d55e00"], path[stroke="#f28438"]').length);
  const before = await curve();
  const { x, y } = await place(page, 'Promised and kept', 'ensemble');
  await page.mouse.click(x, y);
  await wait(page, 'a click in the legend should hide a curve', async () => await curve() < before);
  await page.mouse.click(x, y);
}

// No script runs: a stand-in for each chart, and no control that does nothing.
export async function still(page) {
  const seen = await page.evaluate((s) => [...document.querySelectorAll(s)].map((d) => {
    const img = d.querySelector('img'), table = d.querySelector('table');
    return { svg: !!d.querySelector('svg'), stands: (img ? img.complete && img.naturalWidth > 0 && img.alt.length > 10 : !!table) && d.getBoundingClientRect().height > 100 };
  }), charts);
  must(seen.length === kinds, `the page should have ${kinds} charts, not ${seen.length}`);
  must(seen.every((c) => !c.svg && c.stands), `each chart should have its stand-in: ${JSON.stringify(seen)}`);
  const frames = page.locator('div[class^="frames_"]').first();
  must(await frames.locator('input').count() === 0, 'there should be no slider that does not move');
  must(/trusted notebook/.test(await frames.innerText()), 'the last frame should say why there is no slider');
  const tabs = page.locator('div[class^="tabs_"]').first();
  must(await tabs.locator('button').count() === 0, 'there should be no tab that does not open');
  must(await tabs.locator('table').isVisible() && await tabs.locator(`${charts} img`).isVisible(), 'all tabs should be seen');
}
