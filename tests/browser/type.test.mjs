// The metric tables that charts are laid out with, against text as it is drawn.

import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { widths } from './packs.mjs';

/** Faces whose widths are in the tables. */
const FACES = ['Liberation Sans', 'Arial', 'Helvetica', 'Arimo'];

let browser;
let page;
before(async () => {
  browser = await launch();
  page = await browser.newPage();
  await page.setContent('<svg width="100" height="100" font-family="Arial, Helvetica, \'Liberation Sans\', sans-serif"><text xml:space="preserve" font-size="100">A</text></svg>');
});
after(() => browser.close());

it('has a face that the tables are for', async () => {
  const found = await checks.faces(page, 'text');
  assert.ok(found.every((face) => FACES.includes(face)), `charts are drawn in ${found}: install fonts-liberation (or Arial)`);
});

it('agrees with the tables to two in a hundred, and never needs more room', async () => {
  const rows = widths();
  const drawn = await page.evaluate((all) => {
    const text = document.querySelector('text');
    return all.map((row) => {
      text.textContent = row.text;
      text.setAttribute('font-weight', row.bold ? '700' : '400');
      // At 100 units a thousandth of the size is 0.1, finer than the hinting of small type.
      return 10 * text.getComputedTextLength();
    });
  }, rows);
  // Tables go by the character, faces also by the pair: "AV" is drawn closer. Latin letters only.
  const known = (row) => /^[ -~\u2212\u00d7£\u2013\u2018\u2019\u201c\u201d]+$/.test(row.text);
  const apart = rows.filter((row, i) => known(row) && Math.abs(drawn[i] / row.width - 1) > (row.text.length > 1 ? 0.05 : 0.02));
  const over = rows.filter((row, i) => drawn[i] > 1.02 * row.width);
  const said = (list) => list.map((row) => `“${row.text}”${row.bold ? ' bold' : ''}: ${row.width}, drawn ${drawn[rows.indexOf(row)].toFixed(0)}`);
  assert.deepEqual(said([...new Set([...apart, ...over])]), []);
  assert.ok(rows.filter(known).length > 190);
});
