// The browser: where it is, how it is started, and pages in it.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const ARGUMENTS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The path of Chromium: APPRAISE_CHROMIUM, or the first of its names on the PATH. */
export function executable() {
  if (process.env.APPRAISE_CHROMIUM) return process.env.APPRAISE_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error(`Chromium is missing: none of ${NAMES.join(', ')} is on the PATH, and APPRAISE_CHROMIUM is not set`);
}

export function launch() {
  return chromium.launch({ executablePath: executable(), args: ARGUMENTS });
}

/** Widths at which a pack is read: a desk, and a phone (or a desk at 400%). */
export const WIDE = 1200;
export const NARROW = 320;

/**
 * Opens a file in a page of its own and hands it to `use`, with a list of everything the page did that a
 * pack must not do: requests other than for itself, messages, dialogs, violations of its policy.
 */
export async function open(browser, path, options, use) {
  const { width = WIDE, details = 'as they are', ...context } = options;
  const own = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce', ...context });
  try {
    const page = await own.newPage();
    const deeds = watch(page, `file://${path}`);
    await page.goto(`file://${path}`);
    if (details === 'open') {
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
    }
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return await use(page, deeds);
  } finally {
    await own.close();
  }
}

function watch(page, address) {
  const deeds = [];
  let asked = 0;
  page.on('request', (request) => {
    asked += 1;
    if (asked > 1 || request.url() !== address) deeds.push(`request for ${request.url().slice(0, 200)}`);
  });
  page.on('console', (message) => deeds.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => deeds.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    deeds.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('popup', () => deeds.push('popup'));
  page.on('download', () => deeds.push('download'));
  return deeds;
}
