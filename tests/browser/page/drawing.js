// Runs in the page: what is wrong with its charts as drawn. Defines `packDrawing`.

globalThis.packDrawing = (() => {
  const pen = document.createElement('canvas').getContext('2d');
  const short = (text) => (text.length > 50 ? `${text.slice(0, 50)}…` : text);

  /** Charts that are drawn at this width: those of the other width are not displayed. */
  function charts() {
    return [...document.querySelectorAll('svg[role="img"]')].filter((svg) => svg.getBoundingClientRect().width > 0);
  }

  /**
   * The box of the ink of a text on the screen: as wide as it advances, as high as its own letters (of marks
   * stacked on a letter, as high as a capital with an accent).
   */
  function ink(text) {
    const style = getComputedStyle(text);
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const measured = pen.measureText(text.textContent);
    const box = text.getBBox();
    const base = text.getStartPositionOfChar(0).y;
    const size = parseFloat(style.fontSize);
    const [above, below] = [Math.min(measured.actualBoundingBoxAscent, 0.9 * size), Math.min(measured.actualBoundingBoxDescent, 0.22 * size)];
    const matrix = text.getScreenCTM();
    const corner = (x, y) => new DOMPoint(x, y).matrixTransform(matrix);
    const [a, b] = [
      corner(box.x, base - above),
      corner(box.x + box.width, base + below),
    ];
    return { left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) };
  }

  const meet = (a, b, by) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > by
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > by;

  /** What is wrong with the texts of all charts, and with marks that leave their drawing. */
  function faults() {
    return charts().flatMap((svg) => {
      const name = short(svg.querySelector('title')?.textContent ?? 'no title');
      const room = svg.getBoundingClientRect();
      const labels = [...svg.querySelectorAll('text')].filter((t) => t.textContent.trim()).map((t) => ({ text: t.textContent, box: ink(t) }));
      return [...leaving(svg, labels, room), ...lying(labels)].map((fault) => `“${name}”: ${fault}`);
    });
  }

  function leaving(svg, labels, room) {
    const out = (box) => box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 || box.bottom > room.bottom + 1;
    const texts = labels.filter((l) => out(l.box)).map((l) => `the text “${short(l.text)}” leaves the drawing`);
    const marks = [...svg.querySelectorAll('rect, line, circle, polygon, polyline, path')].filter((m) => !m.closest('defs'));
    return [...texts, ...marks.filter((m) => out(m.getBoundingClientRect())).map((m) => `a <${m.localName}> leaves the drawing`)];
  }

  function lying(labels) {
    const found = [];
    labels.forEach((a, i) => labels.slice(i + 1).forEach((b) => {
      if (meet(a.box, b.box, 0.5)) found.push(`“${short(a.text)}” lies on “${short(b.text)}”`);
    }));
    return found;
  }

  /** The texts of the charts. */
  const texts = () => charts().flatMap((svg) => [...svg.querySelectorAll('text')].map((t) => t.textContent));

  /** What fills a mark: its colour and the marks of its pattern. */
  function filling(mark) {
    const id = /url\("?#([^")]+)"?\)/.exec(mark.getAttribute('fill') ?? '')?.[1];
    const pattern = id && document.getElementById(id);
    if (!pattern) return { colour: mark.getAttribute('fill'), pattern: '' };
    return { colour: pattern.querySelector('rect').getAttribute('fill'), pattern: [...pattern.children].slice(1).map((c) => c.outerHTML).join('') };
  }

  /** Figures that are laid out. */
  const figures = () => [...document.querySelectorAll('figure')].filter((f) => f.getBoundingClientRect().height > 0);

  /**
   * What a figure tells apart by its fillings: pairs of areas that touch (at most 3 pixels apart along a
   * shared edge) and are filled differently, with the labels in them, and the swatches of its key. Boxes
   * are from the corner of the figure.
   */
  function fillings(figure) {
    const corner = figure.getBoundingClientRect();
    const move = ({ left, right, top, bottom }) => ({ left: left - corner.left, right: right - corner.left, top: top - corner.top, bottom: bottom - corner.top });
    const key = [...figure.querySelectorAll('.key li')].map((item) => {
      const swatch = item.querySelector('svg');
      const rect = swatch.querySelector(':scope > rect');
      return { label: item.textContent.trim(), pattern: rect ? filling(rect).pattern : 'drawn', ...move(swatch.getBoundingClientRect()) };
    });
    const pairs = charts().filter((svg) => figure.contains(svg)).flatMap((svg) => neighbours(svg)).map(({ a, b }) => {
      const moved = (x) => ({ ...x, ...move(x), covered: x.covered.map(move) });
      return { a: moved(a), b: moved(b) };
    });
    return { name: short(figure.querySelector('figcaption').textContent.trim()), key, pairs };
  }

  function neighbours(svg) {
    const labels = [...svg.querySelectorAll('text')].filter((t) => t.textContent.trim()).map((t) => ({ text: t.textContent, box: ink(t) }));
    const areas = [...svg.querySelectorAll('rect')].filter((r) => !r.closest('defs')).map((r) => area(r, labels));
    const large = areas.filter((a) => a.right - a.left >= 4 && a.bottom - a.top >= 4);
    return large.flatMap((a, i) => large.slice(i + 1).filter((b) => differ(a, b) && touch(a, b)).map((b) => ({ a, b })));
  }

  function area(rect, labels) {
    const { left, right, top, bottom } = rect.getBoundingClientRect();
    const own = { left, right, top, bottom, ...filling(rect) };
    const inside = labels.filter((l) => l.box.left >= left - 1 && l.box.right <= right + 1 && l.box.top >= top - 1 && l.box.bottom <= bottom + 1);
    return { ...own, labels: inside.map((l) => l.text), covered: inside.map((l) => l.box) };
  }

  const differ = (a, b) => a.colour !== b.colour || a.pattern !== b.pattern;

  function touch(a, b) {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const beside = across <= 1 && across >= -3 && down > 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top);
    const above = down <= 1 && down >= -3 && across > 0.5 * Math.min(a.right - a.left, b.right - b.left);
    return beside || above;
  }

  return { faults, texts, figures, fillings };
})();
