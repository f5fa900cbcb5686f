// Chromium as the checks use it, shared by chapter.mjs, charts.mjs and site.mjs.

import { chromium } from 'playwright-core';

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-default-apps', '--no-first-run'],
  });
}

// JupyterLab may leave cells outside the window out of the page. For this visit only,
// all cells are shown, so that all can be looked at; nothing is saved.
export async function showAllCells(page) {
  await page.route(/\/lab\/api\/settings\/?(\?.*)?$/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    const body = await response.json();
    for (const plugin of body.settings ?? []) {
      if (plugin.id === '@jupyterlab/notebook-extension:tracker') plugin.raw = '{"windowingMode": "none"}';
      if (plugin.id === '@jupyterlab/apputils-extension:notification') plugin.raw = '{"fetchNews": "false"}';
    }
    await route.fulfill({ response, json: body });
  });
}

// The address of a notebook in a JupyterLab whose address carries the token.
export function notebookURL(labURL, notebook) {
  const base = new URL(labURL);
  const url = new URL(`lab/tree/${notebook}`, base.origin + base.pathname.replace(/lab\/?.*$/, ''));
  url.search = base.search;
  url.searchParams.set('reset', '');
  return url;
}

// Everything the page asks from elsewhere; own is the host it may talk to.
export function foreignRequests(page, own) {
  const foreign = new Set();
  page.on('request', (r) => {
    const url = new URL(r.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== own) foreign.add(url.origin);
  });
  return foreign;
}

// Tries until it holds, or fails with what was wanted.
export async function wait(page, what, holds, seconds = 20) {
  for (const until = Date.now() + 1000 * seconds; ;) {
    if (await holds()) return;
    if (Date.now() > until) throw new Error(`after ${seconds} s: ${what}`);
    await page.waitForTimeout(100);
  }
}
