// A pack on paper: its PDF, read back with poppler's tools.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const MILLIMETRE = 72 / 25.4;

/** Sides of A4 in points. */
const A4 = [210 * MILLIMETRE, 297 * MILLIMETRE];

/** Margin at the sides and at the foot, as the style sheet sets them. */
// Margins of pages upright, and of those that lie on their side.
const SIDE = (page) => (page.width > page.height ? 13 : 15) * MILLIMETRE;
const FOOT = (page) => (page.width > page.height ? 15 : 18) * MILLIMETRE;

function tool(name, ...rest) {
  try {
    return execFileSync(name, rest, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`${name} is missing: install poppler-utils`);
    throw error;
  }
}

/** Prints a page and reads the PDF back: the pages with their words and boxes, and the text as drawn. */
export async function print(page, folder) {
  const path = join(folder, 'pack.pdf');
  await page.pdf({ path, preferCSSPageSize: true });
  const pages = tool('pdftotext', '-bbox', path, '-').split('<page ').slice(1).map((text) => {
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(text);
    const word = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g;
    const words = [...text.matchAll(word)].map(([, left, top, right, bottom, inside]) => (
      { left: +left, top: +top, right: +right, bottom: +bottom, text: unescape(inside) }));
    return { width: +width, height: +height, words };
  });
  return { pages, text: bare(tool('pdftotext', '-raw', '-enc', 'UTF-8', path, '-')) };
}

const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;|&apos;/g, "'").replace(/&amp;/g, '&');

/** Text without spaces and line ends, isolates and soft hyphens, in the form in which letters compare. */
export const bare = (text) => text.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u2066-\u2069\ufeff]/g, '');

/** Pages that are not A4, upright or lying. */
export function sizes({ pages }) {
  const is = (page, [a, b]) => Math.abs(page.width - a) < 1 && Math.abs(page.height - b) < 1;
  return pages.flatMap((page, i) => (is(page, A4) || is(page, [...A4].reverse()) ? [] : [`page ${i + 1} is ${page.width} by ${page.height} points`]));
}

/** Words that leave the printed area (whose edges are rounded to pixels), or the paper. */
export function beyond({ pages }) {
  return pages.flatMap((page, i) => page.words
    .filter((w) => w.left < SIDE(page) - 1.5 || w.right > page.width - SIDE(page) + 1.5 || w.top < 0 || w.bottom > page.height)
    .map((w) => `page ${i + 1}: “${w.text.slice(0, 40)}” from ${w.left} to ${w.right} of ${page.width}`));
}

/** Words of the page that are on paper less often than on the page. */
export function lost({ text }, texts) {
  const wanted = new Map();
  for (const word of texts.flatMap((t) => t.split(/\s+/)).map(bare)) {
    if (word.length > 2) wanted.set(word, (wanted.get(word) ?? 0) + 1);
  }
  return [...wanted].filter(([word, times]) => text.split(word).length - 1 < times).map(([word]) => word.slice(0, 60));
}

/** Headings (text, and size of type in points) that are the last thing on their page. */
export function orphans({ pages }, headings) {
  return headings.flatMap(({ text, size }) => {
    const wanted = text.split(/\s+/).map(bare).filter(Boolean);
    const places = pages.flatMap((page, i) => starts(page, wanted, size).map((word) => ({ page, i, word })));
    const followed = ({ page, word }) => page.words.some((w) => w.top > word.bottom - 1 && w.bottom < page.height - FOOT(page) + 1);
    if (places.length === 0) return [`“${text}” is not on paper`];
    return places.filter((place) => !followed(place)).map(({ i }) => `“${text}” ends page ${i + 1}`);
  });
}

/** The last words of runs of words on a page that read as wanted, in type of a size. */
function starts({ words }, wanted, size) {
  // The box of a word is as high as ascent and descent of the face, 0.905 + 0.212 of its size.
  const fits = (word) => Math.abs((word.bottom - word.top) / 1.117 / size - 1) < 0.06;
  return words.flatMap((word, i) => {
    const run = words.slice(i, i + wanted.length);
    return fits(word) && run.length === wanted.length && run.every((w, j) => bare(w.text) === wanted[j]) ? [run.at(-1)] : [];
  });
}
