// What every pack must satisfy in a browser. Each check returns what is wrong, as a list of sentences,
// and with it, where the list could be empty for want of anything to look at, how much was looked at.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NARROW, WIDE, open } from './browser.mjs';
import * as grey from './grey.mjs';
import * as keyboard from './keyboard.mjs';
import * as paper from './paper.mjs';
import { temporary } from './packs.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const INSPECTORS = ['text.js', 'drawing.js'].map((name) => readFileSync(join(import.meta.dirname, 'page', name), 'utf8')).join('\n');

/** Width of the printed area of A4, upright and lying, in pixels: 180 mm and 267 mm. */
const UPRIGHT = 680;
const LYING = 1009;

const height = 900;

/** Opens a pack with every folded part open, ready for the checks that take a page. */
export function read(browser, path, use) {
  return open(browser, path, { details: 'open' }, async (page, deeds) => {
    await page.evaluate(INSPECTORS);
    return use(page, deeds);
  });
}

/** Violations that axe-core finds, with every folded part open. The policy of the pack keeps axe out. */
export function accessibility(browser, path) {
  return open(browser, path, { bypassCSP: true, details: 'open' }, async (page) => {
    await page.evaluate(AXE);
    const found = [];
    for (const width of [WIDE, NARROW]) {
      await page.setViewportSize({ width, height });
      const violations = await page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
        .map((v) => `${v.id}: ${v.nodes.length} such as ${v.nodes[0].html.slice(0, 200)}: ${v.nodes[0].failureSummary}`));
      found.push(...violations.map((v) => `at ${width}: ${v}`));
    }
    return found;
  });
}

/** What a page without scripts does beyond being read; it must show its text. */
export function stillness(browser, path) {
  return open(browser, path, { javaScriptEnabled: false, details: 'open' }, async (page, deeds) => {
    const title = await page.locator('h1').innerText();
    await page.setViewportSize({ width: NARROW, height });
    // Anything that waits for a moment of quiet has its moment.
    await page.waitForTimeout(100);
    return title ? [...deeds] : ['no heading is shown', ...deeds];
  });
}

const fold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = false; }));

/** Faults of the text at both widths, and texts that are not there on the narrow screen. */
export async function reflow(page) {
  const at = async (width) => {
    await page.setViewportSize({ width, height });
    return page.evaluate(() => ({ faults: packText.faults(), texts: packText.texts() }));
  };
  const [wide, narrow] = [await at(WIDE), await at(NARROW)];
  const left = [...narrow.texts];
  const lost = wide.texts.filter((text) => {
    const i = left.indexOf(text);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
  const said = (width, faults) => faults.map((f) => `at ${width}: ${f}`);
  return [...said(WIDE, wide.faults), ...said(NARROW, narrow.faults), ...lost.map((t) => `lost at ${NARROW}: “${t.slice(0, 80)}”`)];
}

/** Faults of the drawings at both widths, and how many texts they hold. */
export async function drawings(page) {
  const found = [];
  let texts = 0;
  for (const width of [WIDE, NARROW]) {
    await page.setViewportSize({ width, height });
    const faults = await page.evaluate(() => packDrawing.faults());
    found.push(...faults.map((f) => `at ${width}: ${f}`));
    texts += await page.evaluate(() => packDrawing.texts().length);
  }
  return { faults: found, texts };
}

/** Fillings that look alike without colour, at both widths, and how many were compared. */
export async function greyscale(page) {
  await fold(page);
  const session = await grey.fade(page);
  const all = { faults: [], pairs: 0, swatches: 0, colour: 0 };
  for (const width of [WIDE, NARROW]) {
    await page.setViewportSize({ width, height });
    const seen = await grey.alike(page);
    all.faults.push(...seen.faults.map((f) => `at ${width}: ${f}`));
    all.pairs += seen.pairs;
    all.swatches += seen.swatches;
    all.colour = Math.max(all.colour, seen.colour);
  }
  await session.detach();
  return all;
}

/** Faults of the page as laid out for paper, upright and lying. Leaves the page as it is on paper. */
export async function layoutOnPaper(page) {
  await page.emulateMedia({ media: 'print' });
  await fold(page);
  await page.setViewportSize({ width: UPRIGHT, height });
  const upright = await page.evaluate(() => packText.faults('.wide'));
  await page.setViewportSize({ width: LYING, height });
  const lying = await page.evaluate(() => packText.faults());
  // What is folded on the screen is open on paper, but for the charts in words, whose values are drawn.
  const folded = await page.evaluate(() => [...document.querySelectorAll('details:not(.alternative)')]
    .filter((d) => ![...d.querySelectorAll('td')].some((cell) => cell.checkVisibility()))
    .map((d) => `folded on paper: ${d.querySelector('summary').textContent}`));
  return [...upright, ...lying, ...folded];
}

/**
 * Faults of the printed pack: sizes of pages, words beyond the printed area, words that are not there,
 * headings left alone at the foot of a page. `match` says which words and headings are looked for.
 */
export async function print(page, match = /./) {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: UPRIGHT, height });
  const texts = await page.evaluate(() => [...packText.texts(), ...packDrawing.texts()]);
  const headings = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, caption > .caption')]
    .filter((h) => h.getBoundingClientRect().height > 0)
    .map((h) => ({ text: h.textContent.replace(/\s+/g, ' ').trim(), size: 0.75 * parseFloat(getComputedStyle(h).fontSize) })));
  const printed = await paper.print(page, temporary());
  const words = texts.flatMap((t) => t.split(/\s+/)).filter((w) => match.test(w));
  return {
    faults: [
      ...paper.sizes(printed),
      ...paper.beyond(printed),
      ...paper.lost(printed, words).map((word) => `not on paper as often as on the page: “${word}”`),
      ...paper.orphans(printed, headings.filter((h) => match.test(h.text))),
    ],
    pages: printed.pages.length,
    words: words.length,
  };
}

/** Faults met on a way round the page by keyboard, with every folded part open, and the number of stops. */
export async function keys(page) {
  const { count, faults } = await keyboard.tour(page);
  const { kinds, same } = await keyboard.unchanged(page);
  return { stops: count, kinds, faults: [...faults, ...same.map((kind) => `the picture of ${kind} does not change with the focus`)] };
}

/**
 * What no pack may hold: scripts but its own and the numbers that this one reads, what loads or sends something, fields
 * that are not the script's, handlers, addresses that run something.
 */
export function elements(page) {
  return page.evaluate(() => {
    const found = [...document.querySelectorAll('img, iframe, object, embed, link, base, form, video, audio, foreignObject, animate, set')];
    found.push(...[...document.querySelectorAll('input, button, select')].filter((e) => !e.closest('.script')));
    const scripts = [...document.querySelectorAll('script')];
    found.push(...scripts.filter((e, i) => e.src || i > 1 || (i === 0 && e.type !== 'application/json')));
    const handlers = [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]
      .filter((a) => a.name.startsWith('on') || a.name === 'style' || (['href', 'src', 'xlink:href', 'action'].includes(a.name) && !/^(#|https?:|mailto:)/.test(a.value)))
      .map((a) => `<${e.localName} ${a.name}="${a.value.slice(0, 60)}">`));
    const styles = document.querySelectorAll('style').length;
    return [...found.map((e) => e.outerHTML.slice(0, 100)), ...handlers, ...(styles === 1 ? [] : [`${styles} style elements`])];
  });
}

/** Families of the fonts in which the text of the first match is drawn. */
export async function faces(page, selector) {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map((font) => font.familyName);
}
