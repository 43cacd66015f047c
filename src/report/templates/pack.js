// What the pack can do beyond being read: weights to try, two options side by side, tables to search and to take away.
// Every figure is worked out and rounded as the engine does it; nothing is sent or kept.
(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const data = JSON.parse(byId('pack-data').textContent);
  const NONE = '\u2013';
  const MINUS = '\u2212';

  // 12 significant digits, then half away from zero on them.
  const fixed = (value, places) => {
    if (!Number.isFinite(value)) return 'n/a';
    const [mantissa, exponent] = Math.abs(value).toExponential(11).split('e');
    const digits = mantissa.replace('.', '');
    const keep = Number(exponent) + 1 + places;
    let kept = keep > 0 ? BigInt(digits.slice(0, keep).padEnd(keep, '0')) : 0n;
    if (keep >= 0 && digits.charAt(keep) >= '5') kept += 1n;
    const text = String(kept).padStart(places + 1, '0');
    const at = text.length - places;
    const whole = places > 0 ? `${text.slice(0, at)}.${text.slice(at)}` : text;
    return value < 0 && kept > 0n ? MINUS + whole : whole;
  };
  const grouped = (value, places) => {
    const [whole, part] = fixed(value, places).split('.');
    const sign = whole.startsWith(MINUS) ? MINUS : '';
    const digits = whole.slice(sign.length).replace(/\B(?=(\d{3})+$)/g, ',');
    return sign + digits + (part === undefined ? '' : `.${part}`);
  };
  const pounds = (value) => {
    const text = grouped(value, 0);
    return text.startsWith(MINUS) ? `${MINUS}£${text.slice(1)}` : `£${text}`;
  };
  const plain = (value, places) => {
    const text = grouped(value, places);
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  };
  const pence = (value) => {
    const text = grouped(value, 2);
    return text.startsWith(MINUS) ? `${MINUS}£${text.slice(1)}` : `£${text}`;
  };
  const measure = (value) => {
    const size = Math.abs(value);
    if (size >= 1000) return grouped(value, 0);
    return plain(value, size >= 100 ? 1 : 4);
  };
  const shown = {
    points: (value) => grouped(value, 1),
    pounds,
    price: (value) => (Math.abs(value) < 1000 && Math.abs(value % 1) > 1e-9 ? pence(value) : pounds(value)),
    whole: (value) => grouped(value, 0),
    percent: (value) => `${grouped(100 * value, 1)}%`,
    hundredths: (value) => `${plain(value, 1)}%`,
    measure,
  };
  const signed = (text) => (text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`);

  // Weights brought to a sum of 1, and the score, in the engine's order of operations.
  const shares = (raw) => {
    const largest = Math.max(0, ...raw);
    if (!(largest > 0)) return null;
    let sum = 0;
    for (const weight of raw) sum += weight / largest;
    return raw.map((weight) => weight / largest / sum);
  };
  const score = (weights, values) => {
    let sum = 0;
    for (let i = 0; i < weights.length; i += 1) sum += weights[i] * values[i];
    return sum;
  };
  const TIE = 1e-9;
  const ranks = (scores) => scores.map((own, i) => (data.ranked[i]
    ? 1 + scores.filter((other, j) => data.ranked[j] && -other < -own - TIE).length : null));

  // The state stands in the address; one that is no state of this page is left alone.
  const state = {};
  const remember = () => {
    const parts = Object.entries(state).map(([key, value]) => `${key}=${value}`);
    try {
      history.replaceState(null, '', parts.length ? `#${parts.join('&')}` : location.pathname + location.search);
    } catch {
      location.hash = parts.join('&');
    }
  };
  // A slider on the move changes it many times a second, which browsers do not suffer for long.
  let waiting = 0;
  const keep = () => {
    clearTimeout(waiting);
    waiting = setTimeout(remember, 200);
  };
  const given = (key) => new URLSearchParams(location.hash.slice(1)).get(key)?.split(',').map(Number);

  const explore = byId('explore');
  if (explore && data.values.length) {
    const sets = { agreed: data.agreed, ...data.panels };
    const same = (name) => sets[name] && begin(name).every((weight, i) => weight === raw[i]);
    const picker = byId('explore-panel');
    const first = picker.options[0].value;
    // Names like numbers come before all others in an object, whatever was written first.
    const order = [first, ...Object.keys(sets).filter((name) => name !== first)];
    const begin = (name) => sets[name].map((weight) => 100 * weight);
    let raw = begin(first);
    const fields = raw.map((_, i) => ({
      slider: explore.querySelector(`input[type=range][data-weight="${i}"]`),
      number: byId(`weight-${i}`),
      share: explore.querySelector(`output[for="weight-${i}"]`),
    }));
    const write = (skip) => {
      const weights = shares(raw);
      fields.forEach((field, i) => {
        if (skip !== field.slider) field.slider.value = Math.min(raw[i], 100);
        if (skip !== field.number) field.number.value = Number(raw[i].toFixed(2));
        field.share.textContent = weights ? shown.percent(weights[i]) : NONE;
      });
      const scores = weights ? data.values.map((values) => score(weights, values)) : data.values.map(() => NaN);
      const places = weights ? ranks(scores) : scores.map(() => null);
      scores.forEach((value, i) => {
        const cell = explore.querySelector(`[data-score="${i}"]`);
        cell.textContent = weights ? shown.points(value) : NONE;
        cell.dataset.exact = value;
        explore.querySelector(`[data-rank="${i}"]`).textContent = places[i] ?? (weights ? 'Not ranked' : NONE);
      });
      const names = all('tbody th', explore).map((cell) => cell.textContent);
      const leading = names.filter((_, i) => places[i] === 1);
      byId('explore-status').textContent = weights ? `First by these weights: ${leading.join(', ')}.` : 'Give at least one criterion some weight.';
      const name = order.find(same);
      picker.value = name ?? 'own';
      byId('explore-banner').hidden = !data.agreed || same('agreed');
      if (name === first) delete state.weights;
      else state.weights = raw.join(',');
    };
    const set = (i, text, source) => {
      const value = Number(text);
      if (text === '' || !Number.isFinite(value) || value < 0) return;
      raw[i] = value;
      write(source);
      keep();
    };
    fields.forEach((field, i) => {
      field.slider.addEventListener('input', () => set(i, field.slider.value, field.slider));
      field.number.addEventListener('input', () => set(i, field.number.value, field.number));
      field.number.addEventListener('change', () => write());
    });
    const pick = (name) => {
      raw = begin(name);
      write();
      keep();
    };
    picker.addEventListener('change', () => pick(picker.value));
    byId('explore-reset').addEventListener('click', () => pick(first));
    const load = () => {
      const weights = given('weights');
      const fit = weights?.length === raw.length && weights.every((weight) => Number.isFinite(weight) && weight >= 0);
      if (fit) raw = weights;
      write();
      return fit;
    };
    explore.hidden = false;
    if (load()) explore.scrollIntoView();
    addEventListener('hashchange', load);
  }

  const pair = byId('pair');
  if (pair && data.pair.length) {
    const pickers = [byId('pair-a'), byId('pair-b')];
    const compare = () => {
      const [a, b] = pickers.map((picker) => Number(picker.value));
      byId('pair-first').textContent = pickers[0].selectedOptions[0].textContent;
      byId('pair-second').textContent = pickers[1].selectedOptions[0].textContent;
      data.pair.forEach(([kind, numbers], i) => {
        const cell = pair.querySelector(`[data-pair="${i}"]`);
        const say = (value) => (value === null ? NONE : shown[kind](value));
        const known = numbers[a] !== null && numbers[b] !== null;
        const cells = [cell, cell.nextElementSibling, cell.nextElementSibling.nextElementSibling];
        const texts = [say(numbers[a]), say(numbers[b]), known ? signed(say(numbers[b] - numbers[a])) : NONE];
        cells.forEach((each, j) => { each.textContent = texts[j]; });
      });
    };
    const options = pickers[0].options.length;
    const chosen = given('pair');
    const fit = chosen?.length === 2 && chosen.every((i) => Number.isInteger(i) && i >= 0 && i < options);
    [pickers[0].value, pickers[1].value] = fit ? chosen : [0, 1];
    if (fit) state.pair = chosen.join(',');
    pickers.forEach((picker) => picker.addEventListener('change', () => {
      state.pair = pickers.map((each) => each.value).join(',');
      compare();
      keep();
    }));
    compare();
    pair.hidden = false;
  }

  // Rows that hold every word of the search; a heading over rows goes with the last of them.
  all('table[data-filter]').forEach((table, n) => {
    const id = `search-${n}`;
    const tools = make('p', '', { class: 'tools script' });
    const field = make('input', '', { type: 'search', id, autocomplete: 'off' });
    const told = make('span', '', { role: 'status' });
    tools.append(make('label', 'Search this table', { for: id }), ' ', field, ' ', told);
    const rows = all('tbody tr:not(.group)', table);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    field.addEventListener('input', () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
        if (!row.hidden) left += 1;
      });
      all('tr.group', table).forEach((group) => {
        group.hidden = !all('tr:not(.group)', group.parentElement).some((row) => !row.hidden);
      });
      told.textContent = words.length ? `${left} of ${rows.length} rows` : '';
    });
    (table.closest('.scroll') ?? table).before(tools);
  });

  // Tables as CSV. What a spreadsheet would take for a formula is kept from it with an apostrophe.
  const words = (node) => [...node.childNodes].reduce((text, child) => {
    if (child.nodeType === Node.TEXT_NODE) return text + child.data;
    const apart = child.nodeType === Node.ELEMENT_NODE && child.matches('.detail, li') && text.trim();
    return `${text}${apart ? '; ' : ''}${words(child)}`;
  }, '');
  const cell = (node) => {
    const text = words(node).replace(/\s+/g, ' ').trim();
    return `"${(/^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
  };
  all('table').forEach((table) => {
    const title = table.querySelector('.caption')?.textContent ?? 'table';
    const button = make('button', 'Download as CSV', { type: 'button', class: 'csv script', 'aria-label': `Download as CSV: ${title}` });
    button.addEventListener('click', () => {
      const rows = [...table.rows].filter((row) => !row.hidden).map((row) => [...row.cells].map(cell).join(','));
      const link = make('a', '', {
        href: URL.createObjectURL(new Blob([`\ufeff${rows.join('\r\n')}\r\n`], { type: 'text/csv' })),
        download: `${data.id}-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60)}.csv`,
      });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
    (table.closest('.scroll') ?? table).after(button);
  });
})();
