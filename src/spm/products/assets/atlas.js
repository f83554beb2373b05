/* The atlas: what is chosen, and what table, pictures and address say about it. All texts and numbers
   come formatted from atlas-daten.js; a row there is [value, from, to, class of the map, comparison,
   estimate] or, without a published number, the number of its status. */
"use strict";

(() => {
  const data = window.spmAtlasDaten, charts = window.spmAtlasDiagramme;
  if (!data || !charts || !window.vega || !data.kennzahlen.length) return;

  const TOTAL = "gesamt", NBSP = "\u00a0";
  const $ = id => document.getElementById(`atlas-${id}`);
  const byId = new Map(data.kennzahlen.map(k => [k.id, k]));
  const state = { k: null, jahr: 0, raum: null };
  let pointed = null;
  let views = [];

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /* ---- rows in words ---- */

  const printed = k => data.texte[k.texte];
  const mapOf = k => data.karten[k.karte];
  const yearIndex = (k, jahr) => k.jahre.findIndex(y => y.jahr === jahr);
  const yearText = (k, jahr) => k.jahre[yearIndex(k, jahr)].text;
  const nameOf = (k, raum) => raum === TOTAL ? `${data.kommune} insgesamt` : mapOf(k).raeume.find(a => a.raum === raum).name;

  /* One published row with its texts. */
  function read(k, jahr, i) {
    const cells = k.zeilen[yearIndex(k, jahr)][i], areas = mapOf(k).raeume;
    const raum = i < areas.length ? areas[i].raum : TOTAL;
    const row = { raum, jahr, name: nameOf(k, raum), kommune: raum === TOTAL, ok: Array.isArray(cells),
      nr: i < areas.length ? areas[i].nr : "" };
    if (!row.ok) {
      const status = data.status[cells];
      return { ...row, wert: null, unten: null, oben: null, text: status.zeichen, lang: status.text, intervall: "", vergleich: "", marken: 0, form: "", geschaetzt: false,
        farbe: `url(#muster-${status.name})`, schrift: "var(--tinte)" };
    }
    const [wert, unten = null, oben = null, klasse = null, vergleich = null, geschaetzt = null] = cells;
    const sign = geschaetzt ? data.geschaetzt.zeichen + NBSP : "";
    const compared = vergleich === null ? null : data.klassen[vergleich];
    const between = k.bis[k.vorzeichen || unten < 0 ? 1 : 0];
    return { ...row, wert, unten, oben, geschaetzt: geschaetzt === 1,
      text: sign + printed(k)[wert] + k.prozent, lang: sign + printed(k)[wert] + k.einheit,
      intervall: unten === null ? "" : printed(k)[unten] + between + printed(k)[oben] + k.prozent,
      vergleich: compared ? compared.text : "", marken: compared ? compared.marken : 0, form: compared ? compared.form : "",
      farbe: `var(--${k.farben[klasse]})`, schrift: `var(--${k.farben[klasse]}-schrift)`,
      balken: compared ? `var(--klasse-${compared.name})` : "var(--balken)",
      rand: compared ? `var(--rand-${compared.name})` : "var(--balken)",
      zeichen: compared ? `var(--zeichen-${compared.name})` : "var(--tinte)" };
  }

  const rowsOf = (k, jahr) => mapOf(k).raeume.map((_, i) => read(k, jahr, i));
  const rowOf = (k, jahr, raum) => read(k, jahr, raum === TOTAL ? mapOf(k).raeume.length : mapOf(k).raeume.findIndex(a => a.raum === raum));

  function sentence(k, row) {
    const start = `${row.name}, ${yearText(k, row.jahr)}: ${row.lang}`;
    if (!row.ok) return `${start}.`;
    const limits = row.intervall ? ` (95-%-Vertrauensintervall ${row.intervall})` : "";
    const estimate = row.geschaetzt ? `, ${data.geschaetzt.text}` : "";
    return `${start}${limits}${estimate}.${row.vergleich ? ` Gegenüber der übrigen Kommune: ${row.vergleich}.` : ""}`;
  }

  /* ---- address ---- */

  function toAddress() {
    const parts = new URLSearchParams({ kennzahl: state.k.id, jahr: state.jahr });
    if (state.raum !== null) parts.set("raum", state.raum);
    history.replaceState(null, "", `#${parts}`);
  }

  /* Take what the address names and what there is of it. */
  function fromAddress() {
    const parts = new URLSearchParams(location.hash.slice(1));
    if (!parts.has("kennzahl") && state.k) return false;  // a link inside the page
    state.k = byId.get(parts.get("kennzahl")) || state.k || byId.get(data.beginn);
    state.jahr = nearest(state.k, Number(parts.get("jahr")) || data.jahr);
    state.raum = known(state.k, parts.get("raum"));
    return true;
  }

  const known = (k, raum) => mapOf(k).raeume.some(a => a.raum === raum) ? raum : null;
  const nearest = (k, jahr) => k.jahre.reduce((a, b) => Math.abs(b.jahr - jahr) <= Math.abs(a.jahr - jahr) ? b : a).jahr;

  /* ---- controls ---- */

  function fillControls() {
    const k = state.k;
    $("kennzahl").value = k.id;
    $("jahr").replaceChildren(...k.jahre.map(y => new Option(y.text, y.jahr, false, y.jahr === state.jahr)));
    $("frueher").disabled = yearIndex(k, state.jahr) === 0;
    $("spaeter").disabled = yearIndex(k, state.jahr) === k.jahre.length - 1;
    $("raum").replaceChildren(new Option("nichts", "", false, state.raum === null),
      ...mapOf(k).raeume.map(a => new Option(a.name, a.raum, false, a.raum === state.raum)));
  }

  /* ---- tables and texts ---- */

  /* From the highest to the lowest value; areas without a number come last. */
  const ranked = rows => [...rows].sort((a, b) => (b.ok - a.ok) || (a.ok ? b.wert - a.wert : 0));

  function fillTables(rows) {
    const k = state.k;
    $("titel").textContent = `${k.titel},`;
    $("zeit").textContent = yearText(k, state.jahr);
    $("liste-titel").textContent = `Rangliste ${yearText(k, state.jahr)}`;
    $("spalte").textContent = k.raumebene;
    // A count has no interval, and nothing to compare it with.
    $("wert").textContent = rows.some(row => row.intervall) ? "Wert mit 95-%-Intervall" : "Wert";
    $("liste").classList.toggle("ohne-vergleich", !rows.some(row => row.vergleich));
    $("zeilen").replaceChildren(...ranked(rows).map(listed), listed(rowOf(k, state.jahr, TOTAL)));
    $("definition").textContent = k.definition;
    $("hinweise").replaceChildren(...k.hinweise.map(text => element("li", {}, text)));
    $("vergleich").textContent = k.vergleich[state.jahr] || "";
    const chapter = data.kapitel.find(one => one.id === k.kapitel);
    $("kapitel").replaceChildren(...(chapter.seite ? ["Mehr dazu im Kapitel ", element("a", { href: chapter.seite }, chapter.titel), "."] : []));
  }

  function listed(row) {
    const th = element("th", { scope: "row" });
    if (row.kommune) {
      th.append(row.name);
    } else {
      const input = element("input", { type: "radio", name: "atlas-zeile", value: row.raum, autocomplete: "off" });
      th.append(element("label", {}, input, element("span", {}, row.name)));
    }
    return element("tr", { "data-raum": row.raum, ...(row.kommune ? { class: "insgesamt" } : {}) }, th, valueCell(row), element("td", { class: "vergleich" }, row.vergleich));
  }

  /* Value and interval, or in words why there is none. */
  function valueCell(row) {
    return element("td", { class: "zahl" }, row.ok ? row.text : element("span", { class: "grund" }, row.lang),
      ...(row.intervall ? [element("span", { class: "intervall" }, ` ${row.intervall}`)] : []));
  }

  function fillSeriesTable() {
    const k = state.k, columns = state.raum === null ? [TOTAL] : [state.raum, TOTAL];
    $("reihe-titel").textContent = `Zeitreihe ${state.raum === null ? data.kommune : nameOf(k, state.raum)}`;
    $("reihe-kopf").replaceChildren(element("tr", {}, element("th", { scope: "col" }, "Jahr"),
      ...columns.map(raum => element("th", { scope: "col", class: "zahl" }, nameOf(k, raum)))));
    $("reihe-zeilen").replaceChildren(...k.jahre.map(y => element("tr", y.jahr === state.jahr ? { class: "gezeigt" } : {}, element("th", { scope: "row", class: "kurz" }, y.text),
      ...columns.map(raum => valueCell(rowOf(k, y.jahr, raum))))));
  }

  /* ---- legends ---- */

  const swatch = (inner, width = 22) => {
    const made = element("span", { class: "atlas-probe", "aria-hidden": "true" });
    made.innerHTML = `<svg width="${width}" height="14" focusable="false">${inner}</svg>`;  // our own marks, no data
    return made;
  };
  const box = fill => swatch(`<rect x="0.5" y="0.5" width="21" height="13" style="fill:${fill};stroke:var(--leise-tinte);stroke-width:1"/>`);
  const ownMark = swatch(`<path d="M5 1.5L16 7L5 12.5Z" style="fill:var(--kommune)"/>`);
  const line = (colour, more = "") => swatch(`<path d="M0 7H22" style="stroke:${colour};fill:none;${more}"/>`);
  const entry = (mark, text, more = {}) => element("li", more, mark, element("span", {}, text));
  /* Discs with a sign, as in the printed figures; colours and paths are our own. */
  const signs = (name, form, n) => swatch(Array.from({ length: n }, (_, i) => (
    `<circle cx="${8 + i * 15}" cy="7" r="6.3" style="fill:var(--klasse-${name});stroke:var(--rand-${name})"/>`
    + `<path d="${charts.SIGNS[form]}" transform="translate(${8 + i * 15} 7) scale(3.6)" style="fill:var(--zeichen-${name})"/>`)).join(""), 1 + n * 15);

  function fillLegends(rows) {
    const k = state.k, total = rowOf(k, state.jahr, TOTAL);
    const missing = data.status.filter(s => rows.some(row => !row.ok && row.lang === s.text));
    $("legendentitel").textContent = k.achse;
    $("legende").replaceChildren(
      ...k.legende.map((text, i) => entry(box(`var(--${k.farben[i]})`), text)).reverse(),
      ...(k.linie && total.ok ? [entry(ownMark, `${total.name} ${total.text}`, { class: "eigen" })] : []),
      ...missing.map(s => entry(box(`url(#muster-${s.name})`), `${s.zeichen} ${s.text}`)));
    const compared = data.klassen.filter(c => rows.some(row => row.vergleich === c.text));
    const marks = compared.map(c => entry(c.marken ? signs(c.name, c.form, c.marken) : box(`var(--klasse-${c.name})`), c.text));
    if (marks.length) marks.unshift(element("li", {}, "Gegenüber der jeweils übrigen Kommune:"));
    if (rows.some(row => row.unten !== null)) marks.push(entry(line("var(--tinte)", "stroke-width:1.5"), "95-%-Vertrauensintervall"));
    if (rows.some(row => row.geschaetzt)) marks.push(entry(data.geschaetzt.zeichen, data.geschaetzt.text));
    marks.push(...missing.map(s => entry(s.zeichen, s.text)));
    $("zeichen").replaceChildren(...marks);
    const lines = [entry(line("var(--reihe)", "stroke-width:1.5"), k.mehrzahl)];
    if (state.raum !== null) lines.unshift(entry(line("var(--auswahl)", "stroke-width:3.5"), nameOf(k, state.raum)));
    if (k.linie) lines.push(entry(line("var(--kommune)", "stroke-width:3"), data.kommune, { class: "eigen" }));
    if (k.brueche.length) lines.push(entry(line("var(--leise-tinte)", "stroke-dasharray:3 3"), "davor und danach nicht vergleichbar"));
    $("linien").replaceChildren(...lines);
  }

  /* ---- pictures ---- */

  function draw(rows) {
    const k = state.k, total = rowOf(k, state.jahr, TOTAL), [map, bars, series] = views;
    const width = name => Math.max(200, Math.floor($(name).clientWidth));
    // Numbers that are not part of the names stand in the ranking, too.
    const numbered = charts.drawMap(map, width("karte"), mapOf(k), rows) && mapOf(k).nummern;
    const shown = ranked(rows).map(row => numbered ? { ...row, name: `${row.nr}${NBSP}${NBSP}${row.name}` } : row);
    charts.drawBars(bars, width("balken"), k.balken, shown, k.linie && total.ok ? { wert: total.wert, text: `${data.kommune} ${total.text}` } : null);
    const points = [...mapOf(k).raeume.map(a => a.raum), ...(k.linie ? [TOTAL] : [])]
      .flatMap(raum => k.jahre.map(y => rowOf(k, y.jahr, raum))).filter(row => row.ok);
    charts.drawSeries(series, width("reihe"), k.reihe, k.jahre.map(y => y.jahr), state.jahr, points, k.brueche);
    const [alt, altBars] = k.bilder[yearIndex(k, state.jahr)];
    $("karte").setAttribute("aria-label", alt);
    $("balken").setAttribute("aria-label", altBars);
    $("reihe").setAttribute("aria-label", k.reihenbild);
    // A picture that does not fit is rolled, also by keyboard.
    const roll = $("rolle");
    if (roll.scrollHeight > roll.clientHeight + 1) roll.tabIndex = 0; else roll.removeAttribute("tabindex");
  }

  /* Highlight what is chosen and what is pointed at, everywhere. */
  function highlight() {
    for (const view of views) view.signal("auswahl", state.raum).signal("zeiger", pointed).run();
    for (const tr of $("zeilen").children) {
      const raum = tr.dataset.raum, chosen = raum === state.raum;
      tr.classList.toggle("gewaehlt", chosen);
      tr.classList.toggle("gezeigt", raum === pointed);
      const input = tr.querySelector("input");
      if (input) input.checked = chosen;
    }
  }

  function tell(raum) {
    const k = state.k;
    $("auskunft").textContent = sentence(k, rowOf(k, state.jahr, raum === null ? TOTAL : raum));
  }

  /* ---- changes ---- */

  /* Another indicator or year, or at first. */
  function show() {
    const rows = rowsOf(state.k, state.jahr);
    pointed = null;
    fillControls();
    fillTables(rows);
    choose(state.raum);
    draw(rows);
    reveal();
  }

  function choose(raum) {
    state.raum = raum;
    $("raum").value = raum === null ? "" : raum;
    const profile = raum === null ? "" : mapOf(state.k).raeume.find(a => a.raum === raum).profil || "";
    $("profil").replaceChildren(...(profile ? [element("a", { href: profile }, `Profil ${nameOf(state.k, raum)}`)] : []));
    fillLegends(rowsOf(state.k, state.jahr));
    fillSeriesTable();
    tell(raum);
    highlight();
    toAddress();
  }

  /* Where not all fits at once, roll to the bar and the row of the chosen area. */
  function reveal() {
    const rows = ranked(rowsOf(state.k, state.jahr)), i = rows.findIndex(row => row.raum === state.raum);
    if (i < 0) return;
    const roll = $("rolle"), list = $("liste"), tr = $("zeilen").children[i];
    roll.scrollTop = (i + 1) / rows.length * roll.scrollHeight - roll.clientHeight / 2;
    list.scrollTop = tr.offsetTop - list.clientHeight / 2;
  }

  function go(k, jahr) {
    state.k = k;
    state.jahr = nearest(k, jahr);
    state.raum = known(k, state.raum);
    show();
  }

  function step(by) {
    const years = state.k.jahre, next = years[yearIndex(state.k, state.jahr) + by];
    if (next) go(state.k, next.jahr);
  }

  /* ---- pointing ---- */

  function hideTip() {
    $("tipp").hidden = true;
  }

  function listen(type, row, event) {
    if (type === "click") {
      if (row && row.raum !== TOTAL) {
        choose(row.raum === state.raum ? null : row.raum);
        reveal();
      }
      return;
    }
    const raum = row ? row.raum : null;
    if (raum !== pointed) {
      pointed = raum;
      highlight();
    }
    if (raum === null) return hideTip();
    const jahr = row.jahr || state.jahr, full = rowOf(state.k, jahr, raum), tip = $("tipp");
    tip.replaceChildren(element("strong", {}, `${full.name}, ${yearText(state.k, jahr)}`), element("span", {}, full.lang),
      ...(full.intervall ? [element("span", {}, `95-%-Intervall ${full.intervall}`)] : []), ...(full.vergleich ? [element("span", {}, full.vergleich)] : []));
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const x = Math.min(event.clientX + 16, document.documentElement.clientWidth - width - 6);
    const y = event.clientY + 20 + height > window.innerHeight ? event.clientY - height - 12 : event.clientY + 20;
    tip.style.transform = `translate(${Math.max(4, x)}px, ${y}px)`;
  }

  async function copyLink() {
    const button = $("link"), text = button.textContent;
    toAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Link kopiert";
    } catch {
      button.textContent = "Bitte die Adresszeile kopieren";
    }
    setTimeout(() => { button.textContent = text; }, 2500);
  }

  function start() {
    $("ohne").hidden = true;
    $("anwendung").hidden = false;
    views = [["MAP", "karte"], ["BARS", "balken"], ["SERIES", "reihe"]].map(([spec, name]) => charts.open(charts[spec], $(name), listen));
    $("wahl").addEventListener("submit", event => event.preventDefault());
    $("kennzahl").addEventListener("change", event => go(byId.get(event.target.value), state.jahr));
    $("jahr").addEventListener("change", event => go(state.k, Number(event.target.value)));
    $("frueher").addEventListener("click", () => step(-1));
    $("spaeter").addEventListener("click", () => step(1));
    $("raum").addEventListener("change", event => { choose(event.target.value || null); reveal(); });
    $("zeilen").addEventListener("change", event => choose(event.target.value));
    // Keyboard: the first row has the focus before any is chosen.
    $("zeilen").addEventListener("focusin", event => {
      if (event.target.matches("input:not(:checked):focus-visible")) {
        pointed = event.target.value;
        highlight();
        tell(pointed);
      }
    });
    $("zeilen").addEventListener("focusout", () => { pointed = null; highlight(); });
    for (const type of ["mouseover", "mouseout"]) {
      $("zeilen").addEventListener(type, event => {
        const tr = event.target.closest("tr");
        pointed = type === "mouseover" && tr ? tr.dataset.raum : null;
        highlight();
      });
    }
    $("link").addEventListener("click", copyLink);
    document.addEventListener("keydown", event => { if (event.key === "Escape") hideTip(); });
    window.addEventListener("hashchange", () => { if (fromAddress()) show(); });
    fromAddress();
    show();
    let width = 0;
    new ResizeObserver(entries => {
      const now = entries[0].contentRect.width;
      if (now !== width) { width = now; draw(rowsOf(state.k, state.jahr)); }
    }).observe($("anwendung"));
    // Texts are measured for their places: once more when the report's font has come.
    document.fonts.ready.then(() => draw(rowsOf(state.k, state.jahr)));
  }

  start();
})();
