// What the pack's script does, and that the pack is whole without it.

import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch, open } from './browser.mjs';
import * as checks from './checks.mjs';
import { bundled, make, scenario, temporary, weighed } from './packs.mjs';

const folder = temporary();

let browser;
let pack;
let board;
before(async () => {
  browser = await launch();
  pack = make(scenario('project-fusion'), join(folder, 'full'), '--draws', '100');
  board = make(scenario('project-fusion'), join(folder, 'board'), '--draws', '100', '--pack', 'board');
});
after(() => browser.close());

const shown = (page, id) => page.locator(id).isVisible();

/** Writes points into the fields of all criteria, as somebody who types does. */
function type(page, points) {
  return page.evaluate((all) => all.forEach((value, i) => {
    const field = document.getElementById(`weight-${i}`);
    field.value = String(value);
    field.dispatchEvent(new Event('input'));
  }), points);
}

const scores = (page) => page.evaluate(() => [...document.querySelectorAll('[data-score]')].map((cell, i) => ({
  exact: Number(cell.dataset.exact), text: cell.textContent, rank: document.querySelector(`[data-rank="${i}"]`).textContent,
})));

describe('weights', () => {
  it('give the scores and ranks of the engine for a thousand weightings, to the last bit', async () => {
    const cases = weighed();
    assert.ok(cases.length >= 1000);
    await open(browser, pack, {}, async (page, deeds) => {
      const found = await page.evaluate((all) => all.map(({ weights }) => {
        weights.forEach((value, i) => {
          const field = document.getElementById(`weight-${i}`);
          field.value = String(value);
          field.dispatchEvent(new Event('input'));
        });
        return [...document.querySelectorAll('[data-score]')].map((cell, i) => (
          { exact: Number(cell.dataset.exact), text: cell.textContent, rank: document.querySelector(`[data-rank="${i}"]`).textContent }));
      }), cases);
      cases.forEach((each, n) => each.options.forEach((option, i) => assert.deepEqual(found[n][i], option, `weighting ${n}, option ${i}`)));
      assert.ok(new Set(cases.map((each) => each.options.findIndex((o) => o.rank === '1'))).size > 1, 'one option is first by all weights');
      assert.deepEqual(deeds, []);
    });
  });

  it('begin as agreed, say when they are not, stand in the address, and go back', async () => {
    await open(browser, pack, {}, async (page, deeds) => {
      const first = await scores(page);
      assert.equal(await shown(page, '#explore-banner'), false);
      assert.deepEqual(first.map((s) => s.text), await page.locator('#explore tbody td:nth-child(2)').allTextContents());
      await type(page, [1, 2, 3, 4, 5, 6, 7, 8]);
      assert.match(await page.locator('#explore-banner').innerText(), /^Exploratory, not the agreed weights/);
      await page.waitForFunction(() => location.hash === '#weights=1,2,3,4,5,6,7,8');
      const own = await scores(page);
      assert.notDeepEqual(own, first);
      const address = page.url();
      await open(browser, pack, {}, async (other) => {
        await other.evaluate((hash) => { location.hash = hash; }, new URL(address).hash);
        await other.waitForFunction(() => !document.getElementById('explore-banner').hidden);
        assert.deepEqual(await scores(other), own);
      });
      await page.locator('#explore-reset').click();
      assert.deepEqual(await scores(page), first);
      assert.equal(await shown(page, '#explore-banner'), false);
      await page.waitForFunction(() => location.hash === '');
      assert.deepEqual(deeds, []);
    });
  });

  it('of a panel are that panel\'s, and none at all score nothing', async () => {
    const result = JSON.parse(readFileSync(join(folder, 'full', 'appraisal.json'), 'utf8'));
    await open(browser, pack, {}, async (page) => {
      for (const [i, panel] of result.panels.entries()) {
        await page.locator('#explore-panel').selectOption(String(i));
        const found = await scores(page);
        result.options.forEach((option, j) => assert.ok(Math.abs(found[j].exact - panel.scores[option.id]) < 1e-9, `${panel.id}, ${option.id}`));
        assert.equal(await shown(page, '#explore-banner'), true);
      }
      await type(page, [0, 0, 0, 0, 0, 0, 0, 0]);
      assert.match(await page.locator('#explore-status').innerText(), /Give at least one/);
      assert.deepEqual([...new Set((await scores(page)).map((s) => s.text))], ['\u2013']);
    });
  });

  it('that are no weights leave the page as it is', async () => {
    for (const hash of ['#weights=1,2', '#weights=a,b,c,d,e,f,g,h', '#weights=-1,1,1,1,1,1,1,1', '#pair=0,99', '#weights=<b>']) {
      await open(browser, pack, {}, async (page, deeds) => {
        await page.evaluate((to) => { location.hash = to; }, hash);
        await page.waitForTimeout(50);
        assert.equal(await shown(page, '#explore-banner'), false, hash);
        assert.deepEqual(deeds, []);
      });
    }
  });

  it('can be set with the keys alone', async () => {
    await open(browser, pack, {}, async (page) => {
      await page.locator('input[type=range]').first().focus();
      const old = await page.locator('#weight-0').inputValue();
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await page.locator('#weight-0').inputValue(), old);
      assert.equal(await shown(page, '#explore-banner'), true);
    });
  });
});

describe('weights of every bundled scenario', () => {
  const packs = bundled('--draws', '20');
  let tried = 0;
  for (const { name, path } of packs) {
    it(`are first the agreed ones, and again after going back: ${name}`, async () => {
      await open(browser, path, {}, async (page, deeds) => {
        const fields = await page.locator('#explore input[type=number]').count();
        if (fields > 0) {
          tried += 1;
          const agreed = async () => [await shown(page, '#explore-banner'), await page.locator('#explore-panel').inputValue()];
          assert.deepEqual(await agreed(), [false, 'agreed']);
          await type(page, Array.from({ length: fields }, (_, i) => i + 1));
          assert.deepEqual(await agreed(), [true, 'own']);
          await page.locator('#explore-reset').click();
          assert.deepEqual(await agreed(), [false, 'agreed']);
        }
        assert.deepEqual(deeds, []);
      });
    });
  }
  it('were there to be tried', () => assert.ok(tried >= 4, `${tried} of ${packs.length}`));
});

it('two options have the measures that the table of measures has', async () => {
  await open(browser, pack, { details: 'open' }, async (page) => {
    const table = page.locator('table', { has: page.getByText('Measures and points by option', { exact: true }) });
    const rows = await table.locator('tbody tr').evaluateAll((all) => all.map((row) => {
      const texts = [...row.cells].map((cell) => cell.firstChild.textContent);
      return [`${texts[0]} (${row.cells[0].querySelector('.detail')?.textContent})`, texts.slice(1)];
    }));
    const known = new Map(rows);
    const columns = known.get(rows[0][0]).length;
    let held = 0;
    for (let option = 0; option < columns; option += 1) {
      await page.locator('#pair-a').selectOption(String(option));
      const beside = await page.locator('#pair tbody tr').evaluateAll((all) => all.map((row) => [row.cells[0].textContent, row.cells[1].textContent]));
      for (const [heading, text] of beside.filter(([heading]) => known.has(heading))) {
        assert.equal(text, known.get(heading)[option], heading);
        held += 1;
      }
    }
    assert.equal(held, columns * (rows.length - 1), 'a criterion is missing; the last row is the score');
  });
});

it('two options are told apart by the figures of the result', async () => {
  const result = JSON.parse(readFileSync(join(folder, 'full', 'appraisal.json'), 'utf8'));
  await open(browser, pack, {}, async (page, deeds) => {
    await page.locator('#pair-a').selectOption('0');
    await page.locator('#pair-b').selectOption('4');
    const row = page.locator('#pair tbody tr', { hasText: 'Net present cost, central' });
    const cells = await row.locator('td').allTextContents();
    const amounts = cells.map((text) => Number(text.replace(/[£,+]/g, '').replace('\u2212', '-')));
    const [a, b] = [result.options[0].cost.npc, result.options[4].cost.npc];
    [a, b, b - a].forEach((amount, i) => assert.ok(Math.abs(amounts[i] - amount) <= 0.5, `${cells[i]} is not ${amount}`));
    await page.waitForFunction(() => location.hash === '#pair=0,4');
    assert.deepEqual(deeds, []);
  });
});

it('searches the log of assumptions', async () => {
  await open(browser, pack, { details: 'open' }, async (page) => {
    const table = page.locator('table[data-filter]').filter({ hasText: 'Assumptions log' });
    const rows = () => table.locator('tbody tr:not(.group)').evaluateAll((all) => all.filter((r) => r.checkVisibility()).map((r) => r.textContent));
    const before = await rows();
    const field = page.getByLabel('Search this table').first();
    await field.fill('RiO users');
    const left = await rows();
    assert.ok(left.length > 0 && left.length < before.length);
    assert.ok(left.every((text) => /rio/i.test(text) && /users/i.test(text)));
    await field.fill('');
    assert.deepEqual(await rows(), before);
  });
});

/** Clicks the button under a table and reads what comes down. */
async function download(page, caption) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Download as CSV: ${caption}` }).first().click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

/** Records of a CSV text in which every cell is quoted. */
const records = (text) => text.replace(/^\ufeff/, '').trimEnd().split('\r\n').map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map((m) => m[1].replaceAll('""', '"')));

it('tables come down as CSV', async () => {
  await open(browser, pack, {}, async (page) => {
    const { name, text } = await download(page, 'Options at a glance');
    assert.match(name, /^project-fusion-options-at-a-glance.*\.csv$/);
    const [head, ...rows] = records(text);
    assert.ok(head.includes('Rank') && rows.length === 8 && rows.every((row) => row.length === head.length));
    assert.ok(!/^[=+@-]/m.test(rows.flat().join('\n')), 'a cell begins as a formula does');
    assert.ok(rows.flat().some((c) => c.includes('£')));
  });
});

describe('hostile text of an author', () => {
  const own = join(folder, 'own');
  let path;
  before(() => {
    cpSync(scenario('minimal'), own, { recursive: true });
    appendFileSync(join(own, 'appraisal.toml'), `
[narrative]
case_for_change = '''
# Why

=cmd|' /C calc'!A0 <script>alert(1)</script> <img src=x onerror=alert(2)>

[a](javascript:alert(3)) [b](data:text/html,x) ![c](https://example.org/x.png) <javascript:alert(4)> [d](https://www.england.nhs.uk/)
'''

[objectives.o1]
name = "=1+1"
target = "@SUM(A1)"

[objectives.o2]
name = "+44"
target = "-2+3"

[next_steps.n1]
name = "<b>Ask</b>"
`);
    path = make(own, join(folder, 'own-report'), '--draws', '50');
  });

  it('is text: nothing runs, nothing is asked for, and only the link to the web is a link', async () => {
    assert.deepEqual(await checks.accessibility(browser, path), []);
    await open(browser, path, {}, async (page, deeds) => {
      assert.deepEqual(await checks.elements(page), []);
      const text = await page.locator('.author').innerText();
      for (const part of ['<script>alert(1)</script>', '<img src=x onerror=alert(2)>', 'a (javascript:alert(3))', 'b (data:text/html,x)']) assert.ok(text.includes(part), part);
      const links = await page.locator('.author a').evaluateAll((all) => all.map((a) => a.href));
      assert.deepEqual(links.filter((href) => !href.startsWith('https://')), []);
      assert.ok(await page.locator('td, th', { hasText: '=1+1' }).count());
      assert.ok(await page.getByText('<b>Ask</b>').count());
      assert.deepEqual(deeds, []);
    });
  });

  it('is no formula in what comes down', async () => {
    await open(browser, path, {}, async (page) => {
      const rows = records((await download(page, 'Spending objectives')).text);
      assert.deepEqual(rows.slice(1).map((row) => row.slice(0, 2)), [['\'=1+1', '\'@SUM(A1)'], ['\'+44', '\'-2+3']]);
    });
  });
});

describe('without the script, and on paper', () => {
  it('nothing of it is to be seen, and the agreed weights stand', async () => {
    await open(browser, pack, { javaScriptEnabled: false }, async (page) => {
      for (const id of ['#explore', '#pair']) assert.equal(await shown(page, id), false);
      assert.equal(await page.locator('button').filter({ visible: true }).count(), 0);
    });
    await open(browser, pack, {}, async (page) => {
      await type(page, [1, 0, 0, 0, 0, 0, 0, 0]);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('.script').filter({ visible: true }).count(), 0);
      assert.equal(await page.locator('#objectives').isVisible(), true);
    });
  });
});

describe('the board pack', () => {
  it('prints on at most twelve pages, with every word', async () => {
    const { faults, pages } = await checks.read(browser, board, (page) => checks.print(page));
    assert.deepEqual(faults, []);
    assert.ok(pages <= 12, `${pages} pages`);
  });

  it('is as accessible as the full one, and as narrow', async () => {
    assert.deepEqual(await checks.accessibility(browser, board), []);
    const faults = await checks.read(browser, board, async (page, deeds) => [...(await checks.elements(page)), ...(await checks.reflow(page)), ...deeds]);
    assert.deepEqual(faults, []);
  });
});
