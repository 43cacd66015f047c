// A pack by keyboard: every element that does something is reached by Tab, in order, and shows it.

const CAN = 'a[href], summary, button, input, select, [tabindex="0"]';

/**
 * Goes round the page with Tab. Returns what is wrong: an element that is not reached, or out of turn, or
 * that looks the same with the focus, or is covered or out of the window when it has it.
 */
export async function tour(page) {
  const count = await page.evaluate((can) => {
    const look = (element) => {
      const { outlineStyle, outlineWidth, boxShadow, backgroundColor } = getComputedStyle(element);
      return [outlineStyle === 'none' ? '' : outlineWidth, boxShadow, backgroundColor].join();
    };
    const all = [...document.querySelectorAll(can)].filter((e) => e.checkVisibility());
    globalThis.packStops = { all, look, plain: new Map(all.map((e) => [e, look(e)])) };
    return all.length;
  }, CAN);
  const faults = [];
  for (let expected = 0; expected < count; expected += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate((at) => {
      const { all, look, plain } = globalThis.packStops;
      const said = (e) => (e ? `<${e.localName}> “${(e.getAttribute('aria-label') ?? e.textContent).trim().slice(0, 50)}”` : 'nothing');
      const focused = document.activeElement;
      if (focused !== all[at]) return `Tab ${at + 1} reaches ${said(focused)}, not ${said(all[at])}`;
      if (look(focused) === plain.get(focused)) return `${said(focused)} looks the same with the focus`;
      const box = focused.getClientRects()[0];
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      if (right - left < 1 || bottom - top < 1) return `${said(focused)} is out of the window when it has the focus`;
      const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return focused.contains(there) ? null : `${said(focused)} is under ${said(there)} when it has the focus`;
    }, expected);
    if (fault) faults.push(fault);
    // After one that is out of turn all others are.
    if (fault?.startsWith('Tab ')) break;
  }
  return { count, faults };
}

/** Elements, one of each kind, whose picture does not change when they get the focus. */
export async function unchanged(page) {
  const kinds = await page.evaluate((can) => {
    const kind = (e) => `${e.localName}.${[...e.classList].join('.')} in ${e.closest('nav, main, td, header, body').localName}`;
    const first = new Map();
    document.querySelectorAll(can).forEach((e, i) => {
      if (!first.has(kind(e)) && e.checkVisibility()) first.set(kind(e), i);
    });
    return [...first];
  }, CAN);
  const same = [];
  for (const [kind, index] of kinds) {
    const picture = (focus) => page.evaluate(([can, i, on]) => {
      const element = document.querySelectorAll(can)[i];
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      if (on) element.focus({ focusVisible: true, preventScroll: true });
      else document.activeElement.blur();
    }, [CAN, index, focus]).then(() => page.screenshot());
    const [plain, focused] = [await picture(false), await picture(true)];
    if (plain.equals(focused)) same.push(kind);
  }
  return { kinds: kinds.length, same };
}
