// Runs in the page: where its text is, line by line, and what is wrong with it. Defines `packText`.
//
// A line is one line box of one text node, with the text of the node. Text of drawings is looked after in
// drawing.js.

globalThis.packText = (() => {
  const scrolls = (style) => ['auto', 'scroll'].includes(style.overflowX);
  const hides = (style) => ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);

  /** What each element does to the text in it, worked out once. */
  const known = new Map();
  function setting(element) {
    if (known.has(element)) return known.get(element);
    const style = getComputedStyle(element);
    const outer = element.parentElement ? setting(element.parentElement) : { block: null, scroller: null, hiders: [], aside: false };
    const own = {
      block: ['inline', 'contents'].includes(style.display) ? outer.block : element,
      scroller: scrolls(style) ? element : outer.scroller,
      hiders: hides(style) && element !== document.documentElement ? [...outer.hiders, element] : outer.hiders,
      // Text that is folded away, and a link that is off the page until it has the focus.
      // So are column headings that are for screen readers alone; labels() looks after those.
      aside: outer.aside || element.matches('.skip') || !element.checkVisibility() || style.clipPath === 'inset(50%)',
      stuck: style.position === 'sticky' ? element : outer.stuck,
    };
    known.set(element, own);
    return own;
  }

  /** All lines that are laid out. */
  function lines() {
    known.clear();
    const all = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest('svg')) continue;
      const own = setting(element);
      if (own.aside) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 0.5 && box.height > 0.5) all.push({ node, element, box, ...own });
      }
    }
    return all;
  }

  const short = (text) => {
    const one = text.replace(/\s+/g, ' ').trim();
    return one.length > 70 ? `${one.slice(0, 70)}…` : one;
  };
  const said = (line) => `<${line.element.localName}> “${short(line.node.data)}”`;
  const round = Math.round;

  /** Whether a cell shows its column's heading before it, as cards do. */
  const labelled = (cell) => cell.checkVisibility() && !['none', 'normal', '""'].includes(getComputedStyle(cell, '::before').content);

  /** Column headings that are for screen readers alone, and that no cell shows before it. */
  function unlabelled() {
    const found = [];
    for (const table of document.querySelectorAll('table.stack')) {
      const head = table.tHead;
      if (!head || getComputedStyle(head).clipPath !== 'inset(50%)') continue;
      const shown = new Set([...table.querySelectorAll('td[data-label]')].filter(labelled).map((cell) => cell.dataset.label));
      // The first column's cells are the headings of the cards.
      for (const heading of [...head.rows[0].cells].slice(1)) {
        if (!shown.has(heading.textContent)) found.push(`no card says “${short(heading.textContent)}”`);
      }
    }
    return found;
  }

  /** The texts laid out, in order: what a reader can come across. */
  function texts() {
    const seen = new Set(lines().map((line) => line.node));
    // Column headings that cards say before their values, or that cards are headed by; unlabelled() sees to it that they do.
    for (const table of document.querySelectorAll('table.stack')) {
      if (![...table.querySelectorAll('td[data-label]')].some(labelled)) continue;
      const walker = document.createTreeWalker(table.tHead, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) seen.add(node);
    }
    return [...seen].map((node) => node.data.replace(/\s+/g, ' ').trim()).filter(Boolean);
  }

  /** What is wrong with where the text is, but for what lies in elements that match `not`. */
  function faults(not = null) {
    const found = [];
    const width = document.documentElement.clientWidth;
    if (!not && document.scrollingElement.scrollWidth > width) {
      found.push(`the document is ${document.scrollingElement.scrollWidth} wide in a window of ${width}`);
    }
    const all = lines().filter((line) => !not || !line.element.closest(not));
    const scrollers = new Set(all.map((line) => line.scroller).filter(Boolean));
    for (const scroller of scrollers) found.push(...region(scroller, width));
    for (const line of all) found.push(...place(line, width));
    found.push(...overlaps(all));
    if (!not) found.push(...unlabelled());
    return found;
  }

  /** A region that scrolls can be reached by keyboard, has a name, and is in the window itself. */
  function region(scroller, width) {
    const box = scroller.getBoundingClientRect();
    const name = scroller.getAttribute('aria-label');
    const found = [];
    if (scroller.tabIndex < 0) found.push(`a region that scrolls cannot be focused: ${name}`);
    if (!name) found.push(`a region that scrolls has no name: ${short(scroller.textContent)}`);
    if (box.left < -0.5 || box.right > width + 0.5) found.push(`the region “${short(name ?? '')}” leaves the window`);
    return found;
  }

  function place(line, width) {
    const { box, block, scroller, hiders } = line;
    const found = [];
    if (scroller) found.push(...inRegion(line));
    else if (box.left < -0.5 || box.right > width + 0.5) {
      found.push(`${said(line)} runs from ${round(box.left)} to ${round(box.right)} in a window of ${width}`);
    }
    for (const hider of hiders) {
      const room = hider.getBoundingClientRect();
      if (box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 || box.bottom > room.bottom + 1) {
        found.push(`${said(line)} is cut by <${hider.localName} class="${hider.className}">`);
      }
    }
    const room = block.getBoundingClientRect();
    if (box.left < room.left - 1 || box.right > room.right + 1) {
      found.push(`${said(line)} leaves its <${block.localName}> by ${round(Math.max(room.left - box.left, box.right - room.right))}`);
    }
    return found;
  }

  /** Text in a region that scrolls can be brought into view, whole, beside what sticks to its edge. */
  function inRegion(line) {
    const { box, scroller, stuck } = line;
    const room = scroller.getBoundingClientRect();
    const left = box.left - room.left + scroller.scrollLeft;
    const found = [];
    if (left < -1 || left + box.width > scroller.scrollWidth + 1) found.push(`${said(line)} is out of reach of its region's scroll bar`);
    const row = line.element.closest('tr');
    const beside = stuck ? 0 : Math.max(0, ...[...(row?.cells ?? [])].filter((c) => c !== line.element.closest('th,td') && getComputedStyle(c).position === 'sticky').map((c) => c.offsetWidth));
    if (box.width > scroller.clientWidth - beside + 1) {
      found.push(`${said(line)} is ${round(box.width)} wide; its region shows ${round(scroller.clientWidth - beside)}`);
    }
    return found;
  }

  /** Lines of different texts that lie on one another. */
  function overlaps(all) {
    const found = [];
    const sorted = [...all].sort((a, b) => a.box.top - b.box.top);
    sorted.forEach((a, i) => {
      for (let j = i + 1; j < sorted.length && sorted[j].box.top < a.box.bottom; j += 1) {
        const b = sorted[j];
        if (a.node === b.node) continue;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // Boxes of lines are higher than their letters; those of two lines of one paragraph may touch.
        if (across > 1 && down > 0.45 * Math.min(a.box.height, b.box.height)) found.push(`${said(a)} lies on ${said(b)}`);
      }
    });
    return found;
  }

  return { faults, texts, lines };
})();
