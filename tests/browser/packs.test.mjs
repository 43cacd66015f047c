// The pack of every bundled scenario in a browser.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { bundled } from './packs.mjs';

/** Fails with the first faults of a list. */
function none(faults) {
  assert.equal(faults.length, 0, `${faults.length} faults:\n${faults.slice(0, 20).join('\n')}`);
}

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** How much was looked at, over all packs: a list of faults could be empty for want of anything to find. */
const looked = { labels: 0, pairs: 0, swatches: 0, pages: 0, words: 0, stops: 0, kinds: 0 };

/** Hands the page of a pack to a check. */
const read = (path, check) => checks.read(browser, path, check);

for (const { name, path } of bundled()) {
  describe(name, () => {
    it('has no violation that axe-core finds, at 1200 and 320 pixels', async () => {
      none(await checks.accessibility(browser, path));
    });

    it('asks for nothing, says nothing and breaks no policy, with scripts and without', async () => {
      none(await checks.stillness(browser, path));
      none(await read(path, async (page, deeds) => [...(await checks.elements(page)), ...deeds]));
    });

    it('shows all its text at 1200 and at 320 pixels, uncut and nowhere on other text', async () => {
      none(await read(path, checks.reflow));
    });

    it('draws its charts with every label in its place', async () => {
      const { faults, texts } = await read(path, checks.drawings);
      none(faults);
      looked.labels += texts;
    });

    it('tells its series apart without colour', async () => {
      const { faults, pairs, swatches, colour } = await read(path, checks.greyscale);
      assert.equal(colour, 0, 'the picture still has colour');
      none(faults);
      looked.pairs += pairs;
      looked.swatches += swatches;
    });

    it('prints every word on A4, with nothing cut and no heading left alone', async () => {
      const [layout, { faults, pages, words }] = await read(path, async (page) => [await checks.layoutOnPaper(page), await checks.print(page)]);
      none([...layout, ...faults]);
      looked.pages += pages;
      looked.words += words;
    });

    it('can be gone through by keyboard, with the focus seen at every stop', async () => {
      const { faults, stops, kinds } = await read(path, checks.keys);
      none(faults);
      looked.stops += stops;
      looked.kinds = Math.max(looked.kinds, kinds);
    });
  });
}

it('had enough to look at', () => {
  const least = { labels: 200, pairs: 50, swatches: 20, pages: 50, words: 10_000, stops: 100, kinds: 5 };
  for (const [what, number] of Object.entries(least)) assert.ok(looked[what] >= number, `${looked[what]} ${what} in all packs`);
});
