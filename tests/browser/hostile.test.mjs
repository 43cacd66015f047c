// Packs with hostile text in every key that takes text: it is text, and the page is as sound as any.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { hostile } from './packs.mjs';

function none(faults) {
  assert.equal(faults.length, 0, `${faults.length} faults:\n${faults.slice(0, 20).join('\n')}`);
}

/** The long checks are made of the pack whose title is a long word, and of the one with odd ids. */
const long = (placed) => placed.length === 0 || placed.some((p) => p.key === 'appraisal.title' && p.attack === 'long word');

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Keys whose text was found in some pack, and all keys. */
const shown = new Set();
const keys = new Set();

for (const { name, path, placed } of hostile()) {
  const title = placed.find((p) => p.key === 'appraisal.title')?.attack;
  describe(title ? `${name}, titled with “${title}”` : name, () => {
    it('shows the text as text, in order; runs nothing, loads nothing, keeps its layout', async () => {
      none(await checks.stillness(browser, path));
      const faults = await checks.read(browser, path, async (page, deeds) => {
        const found = await page.evaluate(texts, placed);
        found.shown.forEach((key) => shown.add(key));
        placed.forEach((p) => keys.add(p.key));
        return [
          ...found.faults,
          ...(await checks.elements(page)),
          ...(await checks.reflow(page)),
          ...(await checks.drawings(page)).faults,
          ...(await checks.layoutOnPaper(page)),
          ...deeds,
        ];
      });
      none(faults);
    });

    if (long(placed)) {
      it('is as accessible and as printable as any pack', async () => {
        none(await checks.accessibility(browser, path));
        await checks.read(browser, path, async (page) => {
          none((await checks.keys(page)).faults);
          none((await checks.greyscale(page)).faults);
          // Words are looked for by their markers; pdftotext has its own ways with hostile letters.
          const { faults, pages } = await checks.print(page, /^n\d+\.$/);
          none(faults);
          assert.ok(pages > 5);
        });
      });
    }
  });
}

it('shows nearly all that is written', () => {
  const hidden = [...keys].filter((key) => !shown.has(key));
  assert.ok(shown.size >= 60, `${shown.size} keys were found in a pack; not ${hidden.join(', ')}`);
});

/**
 * In the page: for every text that is shown at all, whether it is somewhere shown whole, and whether the
 * letters that run rightwards stand in the order in which they are written.
 */
function texts(placed) {
  const isolates = /[\u2066-\u2069]/g;
  const plain = (text) => text.replace(isolates, '').replace(/\s+/g, ' ');
  const body = plain(document.body.textContent);
  const faults = [];
  const shown = [];
  for (const { key, attack, marker, shown: wanted } of placed) {
    if (!body.includes(marker)) continue;
    shown.push(key);
    // A code of the result begins with a capital; so may a text that stands at the start of a sentence.
    const whole = plain(wanted).trim();
    if (!body.toLowerCase().includes(whole.toLowerCase())) faults.push(`${key} (${attack}) is not shown whole: ${whole.slice(0, 80)}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const leftwards = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u2066-\u2069]/u;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!leftwards.test(node.data) || node.parentElement.closest('title, desc')) continue;
    const isolated = node.data.replace(/\u2068[^\u2069]*\u2069/g, (run) => ' '.repeat(run.length));
    if (leftwards.test(isolated)) faults.push(`not isolated: ${node.data.slice(0, 60)}`);
    let last = null;
    for (let i = 0; i < node.data.length; i += 1) {
      if (!/[\p{L}\p{N}]/u.test(isolated[i])) continue;
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      // A letter after a soft hyphen at which the line is broken has the hyphen's box before its own.
      const box = [...range.getClientRects()].at(-1);
      if (!box || box.width === 0) continue;
      const line = last && Math.abs(box.top - last.top) < box.height / 2;
      if (line && box.left < last.right - 1) faults.push(`“${node.data.slice(0, 60)}”: “${node.data[i]}” is out of order`);
      last = box;
    }
  }
  return { faults, shown };
}
