// Pages with a fault each: the checks that packs pass find them.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { temporary } from './packs.mjs';

const folder = temporary();
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A page with a body and a style sheet of its own. */
function page(body, style = '', policy = POLICY) {
  const path = join(folder, 'page.html');
  writeFileSync(path, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
    <title>t</title><style>body { margin: 0; font: 16px Arial, "Liberation Sans", sans-serif } ${style}</style></head><body><main><h1>Title</h1>${body}</main></body></html>`);
  return path;
}

/** The faults found by a check that takes a page. */
async function faults(path, check) {
  const found = await checks.read(browser, path, check);
  return Array.isArray(found) ? found : found.faults;
}

function includes(found, text) {
  assert.ok(found.some((f) => f.includes(text)), `“${text}” is not among ${JSON.stringify(found, null, 1)}`);
}

const svg = (inside, size = 'viewBox="0 0 300 100"') => `<figure><figcaption>Figure</figcaption><svg role="img" ${size} width="210" height="70" font-family="Arial, 'Liberation Sans'"><title>A chart</title>${inside}</svg></figure>`;

describe('a sound page', () => {
  it('has no faults', async () => {
    const path = page(`<p>Some <b>text</b> in a line.</p><a href="#x">A link</a>${svg('<text x="10" y="50">Label</text>')}`, 'a:focus { outline: 3px solid black }');
    assert.deepEqual(await checks.accessibility(browser, path), []);
    assert.deepEqual(await checks.stillness(browser, path), []);
    assert.deepEqual(await faults(path, async (p, deeds) => [...(await checks.elements(p)), ...deeds]), []);
    assert.deepEqual(await faults(path, checks.reflow), []);
    assert.deepEqual(await faults(path, checks.drawings), []);
    assert.deepEqual(await faults(path, checks.greyscale), []);
    assert.deepEqual(await faults(path, checks.keys), []);
    assert.deepEqual(await faults(path, checks.layoutOnPaper), []);
  });
});

describe('text', () => {
  const found = (body, style) => faults(page(body, style), checks.reflow);

  it('that is wider than the window', async () => {
    includes(await found(`<p>${'x'.repeat(200)}</p>`), 'the document is');
  });

  it('that is cut by its box', async () => {
    includes(await found('<p class="cut">More words than there is room for</p>', '.cut { width: 100px; white-space: nowrap; overflow: hidden }'), 'is cut by');
  });

  it('that leaves its box', async () => {
    includes(await found('<p class="box">More words than there is room for</p>', '.box { width: 100px; white-space: nowrap }'), 'leaves its <p>');
  });

  it('that lies on other text', async () => {
    includes(await found('<p>One</p><p class="up">Two</p>', '.up { margin-top: -34px }'), 'lies on');
  });

  it('that is not there on a phone', async () => {
    includes(await found('<p class="wide">Only for some</p>', '@media (max-width: 400px) { .wide { display: none } }'), 'lost at 320: “Only for some”');
  });

  it('in a region that cannot be focused', async () => {
    includes(await found('<div class="s"><p>Text</p></div>', '.s { overflow-x: auto } .s p { width: 2000px }'), 'cannot be focused');
  });

  it('behind a column that sticks', async () => {
    const table = '<div class="s" tabindex="0" role="region" aria-label="r"><table><tr><th>Heading</th><td>Words that are long</td></tr></table></div>';
    includes(await found(table, '.s { overflow-x: auto } th { position: sticky; left: 0; min-width: 250px } td { white-space: nowrap }'), 'its region shows');
  });
});

describe('a drawing', () => {
  const found = (inside) => faults(page(svg(inside)), checks.drawings);

  it('with labels on one another', async () => {
    includes(await found('<text x="10" y="50">First label</text><text x="40" y="52">Second</text>'), '“First label” lies on “Second”');
  });

  it('with a label or a bar that leaves it', async () => {
    includes(await found('<text x="280" y="50">Too far right</text>'), 'the text “Too far right” leaves');
    includes(await found('<rect x="250" y="10" width="100" height="10"/>'), 'a <rect> leaves');
  });

  it('whose areas differ by colour alone', async () => {
    // Relative luminance of #c00000 is 0.2126 x 0.527 = 0.11, of #007a00 0.7152 x 0.195 = 0.14: 95 and 104 of 255.
    const bars = '<rect x="0" y="0" width="100" height="50" fill="#c00000"/><rect x="100" y="0" width="100" height="50" fill="#007a00"/>';
    includes(await faults(page(svg(bars)), checks.greyscale), '#c00000 beside #007a00');
    const told = '<rect x="0" y="0" width="100" height="50" fill="#c00000"/><rect x="100" y="0" width="100" height="50" fill="#90d090"/>';
    assert.deepEqual(await faults(page(svg(told)), checks.greyscale), []);
    const named = `${bars}<text x="10" y="30">A</text><text x="110" y="30">B</text>`;
    assert.deepEqual(await faults(page(svg(named)), checks.greyscale), []);
  });

  it('whose key has swatches that look alike', async () => {
    const swatch = (fill, name) => `<li><svg viewBox="0 0 18 18" width="18" height="18"><rect width="18" height="18" fill="${fill}"/></svg> ${name}</li>`;
    const key = `<figure><figcaption>Key</figcaption><ul class="key">${swatch('#c00000', 'red')}${swatch('#007a00', 'green')}</ul></figure>`;
    includes(await faults(page(key), checks.greyscale), 'the swatches of “red” and “green”');
  });
});

describe('a page that does something', () => {
  it('asks for an image', async () => {
    includes(await checks.stillness(browser, page('<img src="https://appraise.invalid/x.png" alt="">', '', 'img-src *')), 'request for https://appraise.invalid');
  });

  it('breaks its policy', async () => {
    includes(await checks.stillness(browser, page('<p style="color: red">Red</p>', '', "default-src 'none'")), 'console error');
  });

  it('runs a script, speaks, or holds a handler', async () => {
    const path = page('<p onclick="x()">Text</p><script>console.warn("spoken"); alert("shown")</script>', '', "script-src 'unsafe-inline'");
    const found = await faults(path, async (p, deeds) => [...(await checks.elements(p)), ...deeds]);
    for (const part of ['console warning: spoken', 'dialog: shown', '<script>', '<p onclick']) includes(found, part);
  });

  it('is out of reach or without a sign by keyboard', async () => {
    const plain = 'a:focus, a:focus-visible { outline: 0 }';
    includes(await faults(page('<a href="#a">A link</a>', plain), checks.keys), 'looks the same with the focus');
    includes(await faults(page('<a href="#a">One</a><a href="#b" tabindex="2">Two</a>'), checks.keys), 'not <a> “One”');
    const under = '<a href="#a">A link</a><div class="over"></div>';
    includes(await faults(page(under, '.over { position: fixed; inset: 0; background: white }'), checks.keys), 'is under <div>');
  });

  it('is not accessible', async () => {
    includes(await checks.accessibility(browser, page('<p class="pale">Pale</p>', '.pale { color: #bbb }')), 'color-contrast');
  });
});

describe('paper', () => {
  const printed = (body, style) => faults(page(body, `@page { size: A4; margin: 18mm 15mm } ${style ?? ''}`), (p) => checks.print(p));
  const body = '<p>A paragraph with some words of its own in it.</p>';

  it('of a sound page has no faults', async () => {
    assert.deepEqual(await printed(body), []);
  });

  it('of another size', async () => {
    includes(await printed(body, '@page { size: letter }'), 'page 1 is 612');
  });

  it('that ends before the text does', async () => {
    includes(await printed(`<p class="far">${'word '.repeat(40)}</p>`, '.far { white-space: nowrap }'), 'page 1: “w');
  });

  it('on which a word is missing', async () => {
    includes(await printed('<p>Shown <span class="clear">hidden</span></p>', '.clear { opacity: 0 }'), '“hidden”');
  });

  it('with a heading alone at its foot', async () => {
    const style = 'h2 { break-after: page; margin: 0 }';
    includes(await printed(`<h2>Alone</h2>${body}`, style), '“Alone” ends page 1');
  });

  it('on which something stays folded', async () => {
    const folded = '<details><summary>More</summary><table><tr><td>Inside</td></tr></table></details>';
    includes(await faults(page(folded), checks.layoutOnPaper), 'folded on paper: More');
  });
});
