/* Search over the whole report, without a server. Own code, because libraries for search in the
   browser find words and their beginnings; German hides them inside others: «Quote» in
   «SGB-II-Quote», «Betreuung» in «Kindertagesbetreuung». */
'use strict';
(() => {
  const form = document.querySelector('.suche');
  if (!form) return;
  const field = form.querySelector('[type=search]');
  const panel = form.querySelector('.suche-treffer');
  const count = form.querySelector('.suche-zahl');
  const spoken = form.querySelector('[role=status]');
  const list = form.querySelector('ol');
  const slash = form.querySelector('[type=checkbox]');
  const root = form.dataset.wurzel;
  const MOST = 20, BEFORE = 50, AFTER = 130, SLASH = 'spm-taste-suche';
  let index = null, asked = false;

  form.hidden = false;

  // What appears in a part that was hidden is not always read out: hence said twice.
  function say(text) { count.textContent = text; spoken.textContent = text; }

  // Only who searches loads the index.
  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement('script');
    script.src = `${root}assets/suchindex.js`;
    script.onload = () => {
      const { seiten, abschnitte } = window.spmSuchindex;
      index = abschnitte.map(([page, anchor, head, text]) => ({
        file: seiten[page][0], page: seiten[page][1].normalize('NFD'), anchor,
        head: (head || seiten[page][1]).normalize('NFD'), start: !head, text: text.normalize('NFD'),
      }));
      search();
    };
    script.onerror = () => say('Das Verzeichnis der Suche fehlt.');
    document.head.append(script);
  }

  // ä, ae and a are one letter, ß and ss as well; other marks on letters count for nothing.
  function pattern(word) {
    const letters = word.normalize('NFD').toLowerCase().replace(/ß/g, 'ss');
    return letters.replace(/ss|([aou])(\u0308|e)?|(\p{L})|\p{M}|([^\p{L}\p{M}])/gu,
      (all, vowel, mark, letter, other) => {
        if (all === 'ss') return '(?:ss|ß)';
        if (vowel) return vowel + (mark === 'e' ? '(?:\u0308|e)' : mark ? '(?:\u0308|e)?' : '\\p{M}*');
        if (letter) return `${letter}\\p{M}*`;
        return other ? other.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : '';
      });
  }

  function found(words) {
    const tests = words.map((word) => {
      const source = pattern(word);
      return { any: new RegExp(source, 'iu'), begin: new RegExp(`(?:^|[^\\p{L}\\p{M}\\p{N}])${source}`, 'iu') };
    });
    const points = (test, text, many) => (test.begin.test(text) ? many + 1 : test.any.test(text) ? many : 0);
    return index.map((entry, place) => {
      let sum = 0, own = false;
      for (const test of tests) {
        const head = points(test, entry.head, 20), text = points(test, entry.text, 1);
        const page = points(test, entry.page, 3);
        if (!head && !text && !page) return null;
        own ||= head > 0 || text > 0;
        sum += head + text + (entry.start ? 0 : page);
      }
      return own && { entry, sum, place };
    }).filter(Boolean).sort((a, b) => b.sum - a.sum || a.place - b.place);
  }

  // Text with the words in it marked; built from nodes, so that no text can become markup.
  function marked(parent, text, words) {
    const every = new RegExp(words.map(pattern).join('|'), 'giu');
    let last = 0;
    for (const hit of text.matchAll(every)) {
      if (!hit[0]) continue;
      const mark = document.createElement('mark');
      mark.textContent = hit[0].normalize('NFC');
      parent.append(text.slice(last, hit.index).normalize('NFC'), mark);
      last = hit.index + hit[0].length;
    }
    parent.append(text.slice(last).normalize('NFC'));
  }

  function snippet(text, words) {
    const at = Math.max(0, text.search(new RegExp(words.map(pattern).join('|'), 'iu')));
    const from = at > BEFORE ? text.indexOf(' ', at - BEFORE) + 1 : 0;
    const end = text.indexOf(' ', at + AFTER);
    return (from ? '… ' : '') + text.slice(from, end < 0 ? undefined : end) + (end < 0 ? '' : ' …');
  }

  function item({ entry }, words) {
    const line = document.createElement('li'), link = document.createElement('a');
    link.href = root + entry.file + (entry.anchor ? `#${encodeURIComponent(entry.anchor)}` : '');
    const head = document.createElement('strong');
    marked(head, entry.head, words);
    link.append(head);
    if (!entry.start) {
      const where = document.createElement('span');
      where.className = 'suche-ort';
      where.textContent = entry.page.normalize('NFC');
      link.append(where);
    }
    if (entry.text) {
      const text = document.createElement('span');
      text.className = 'suche-text';
      marked(text, snippet(entry.text, words), words);
      link.append(text);
    }
    line.append(link);
    return line;
  }

  function search() {
    const words = field.value.split(/[\s\-\u2010-\u2013/,;„“"]+/u).filter(Boolean);
    const enough = words.join('').length > 1;
    panel.hidden = !enough;
    if (!enough) { say(''); list.replaceChildren(); return; }
    if (!index) { say('Die Suche wird geladen …'); return; }
    const hits = found(words);
    list.replaceChildren(...hits.slice(0, MOST).map((hit) => item(hit, words)));
    say(!hits.length ? 'Nichts gefunden. Bitte einen Teil des Wortes versuchen.'
      : hits.length === 1 ? '1 Abschnitt gefunden'
        : `${hits.length} Abschnitte gefunden${hits.length > MOST ? `, die besten ${MOST}:` : ''}`);
  }

  function close() { panel.hidden = true; }

  function step(event, by) {
    const stops = [field, ...list.querySelectorAll('a')];
    const next = stops[stops.indexOf(document.activeElement) + by];
    if (!next || panel.hidden) return;
    event.preventDefault();
    next.focus();
  }

  field.addEventListener('focus', () => { load(); search(); });
  field.addEventListener('input', search);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') step(event, 1);
    if (event.key === 'ArrowUp') step(event, -1);
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (panel.hidden) field.value = '';
    field.focus();
    close();
  });
  form.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  list.addEventListener('click', (event) => { if (event.target.closest('a')) close(); });
  document.addEventListener('click', (event) => { if (!form.contains(event.target)) close(); });

  // A key without Strg or Alt can be hit by accident (WCAG 2.1, criterion 2.1.4): it can be turned
  // off. Pages opened from a folder may have no storage; then the choice holds for the page.
  try { slash.checked = localStorage.getItem(SLASH) !== 'aus'; } catch { /* stays on */ }
  slash.addEventListener('change', () => {
    try { localStorage.setItem(SLASH, slash.checked ? 'an' : 'aus'); } catch { /* this page only */ }
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || !slash.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
