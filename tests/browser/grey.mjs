// Charts without colour: what touches can still be told apart.

/** Least difference of two areas, in levels of grey of 255, at which they look different on paper. */
const STEP = 20;

/** Makes the page look as it would without colour. */
export async function fade(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' });
  return session;
}

/**
 * Areas of one chart that touch and look alike in grey: levels less than `STEP` apart, the same pattern,
 * and no printed values to tell them by. And entries of a key whose swatches look alike.
 */
export async function alike(page) {
  const eye = await page.context().browser().newPage();
  const seen = { pairs: 0, swatches: 0, colour: 0, faults: [] };
  try {
    const figures = await page.locator('figure').all();
    for (const figure of figures) {
      if (!(await figure.isVisible())) continue;
      // A picture holds some 16,000 pixels: a title of ten thousand letters would leave no room for what is looked at.
      await figure.evaluate((element) => {
        for (const part of element.querySelectorAll('*')) {
          const words = !part.closest('svg') && !part.querySelector('svg');
          if (words && part.getBoundingClientRect().height > 2000) part.style.display = 'none';
        }
      });
      const fillings = await figure.evaluate((element) => packDrawing.fillings(element));
      const picture = (await figure.screenshot()).toString('base64');
      const levels = await eye.evaluate(measure, { picture, ...fillings });
      seen.pairs += fillings.pairs.length;
      seen.swatches += fillings.key.length;
      seen.colour = Math.max(seen.colour, levels.colour);
      seen.faults.push(...areas(fillings, levels), ...swatches(fillings, levels));
    }
  } finally {
    await eye.close();
  }
  return seen;
}

function areas({ name, pairs }, levels) {
  return pairs.flatMap(({ a, b }, i) => {
    const [one, other] = levels.pairs[i];
    const told = Math.abs(one - other) >= STEP || a.pattern !== b.pattern || (a.labels.length > 0 && b.labels.length > 0);
    return told ? [] : [`“${name}”: ${a.colour} beside ${b.colour}: levels ${Math.round(one)} and ${Math.round(other)}`];
  });
}

function swatches({ name, key }, levels) {
  return key.flatMap((one, i) => key.slice(i + 1).flatMap((other, j) => {
    const difference = levels.key[i][j];
    // A pattern covers only a part of its swatch.
    const enough = one.pattern === other.pattern ? STEP : STEP / 2;
    return difference >= enough ? [] : [`“${name}”: the swatches of “${one.label}” and “${other.label}” differ by ${difference.toFixed(1)} levels a pixel`];
  }));
}

/** In a page: mean levels of pairs of areas, and mean differences of swatches, pixel by pixel. */
async function measure({ picture, pairs, key }) {
  const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const pen = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  let colour = 0;
  const read = (box, inset) => {
    const [x, y] = [Math.ceil(box.left + inset), Math.ceil(box.top + inset)];
    const [width, height] = [Math.floor(box.right - inset) - x, Math.floor(box.bottom - inset) - y];
    const { data } = pen.getImageData(x, y, Math.max(width, 1), Math.max(height, 1));
    const level = (i) => {
      colour = Math.max(colour, Math.abs(data[i] - data[i + 1]), Math.abs(data[i] - data[i + 2]));
      return (data[i] + data[i + 1] + data[i + 2]) / 3;
    };
    return Array.from({ length: data.length / 4 }, (_, n) => ({ x: x + (n % Math.max(width, 1)), y: y + Math.floor(n / Math.max(width, 1)), level: level(4 * n) }));
  };
  const mean = (area) => {
    const free = (p) => !area.covered.some((c) => p.x > c.left - 3 && p.x < c.right + 3 && p.y > c.top - 3 && p.y < c.bottom + 3);
    const all = read(area, 1);
    const open = all.filter(free);
    const used = open.length > 0 ? open : all;
    return used.reduce((sum, p) => sum + p.level, 0) / used.length;
  };
  const difference = (a, b) => {
    const [one, other] = [read(a, 1), read(b, 1)];
    const count = Math.min(one.length, other.length);
    return one.slice(0, count).reduce((sum, p, i) => sum + Math.abs(p.level - other[i].level), 0) / count;
  };
  return {
    pairs: pairs.map(({ a, b }) => [mean(a), mean(b)]),
    key: key.map((one, i) => key.slice(i + 1).map((other) => difference(one, other))),
    colour,
  };
}
