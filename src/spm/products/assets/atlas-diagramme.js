/* The three pictures of the atlas, drawn by Vega. Colours are CSS variables, so that light and dark
   pages need nothing else; numbers and texts come formatted. */
"use strict";

window.spmAtlasDiagramme = (() => {
  const FONT = '"Bericht Sans", Lato, "Segoe UI", system-ui, sans-serif';
  const SIZE = 14, SMALL = 13;
  const ROW = 24, TALL_ROW = 30;      // height of a bar's row, among many and few areas
  const FEW = 12, MANY = 20;
  const LINE = 16;                    // of a map's lettering
  const v = name => `var(--${name})`;
  const canvas = document.createElement("canvas").getContext("2d");

  /* The signs of judgements around (0, 0), from -1 to 1. */
  const SIGNS = {
    plus: "M-.3,-1H.3V-.3H1V.3H.3V1H-.3V.3H-1V-.3H-.3Z", minus: "M-1,-.3H1V.3H-1Z",
    auf: "M0,-.85L.95,.75H-.95Z", ab: "M0,.85L.95,-.75H-.95Z",
  };

  /* How wide a text is drawn. */
  function textWidth(text, size, weight = "normal") {
    canvas.font = `${weight} ${size}px ${FONT}`;
    return canvas.measureText(text).width;
  }

  const marked = '(datum.raum === auswahl || datum.raum === zeiger)';
  const text = more => ({ font: { value: FONT }, fontSize: { value: SIZE }, fill: { value: v("tinte") }, ...more });
  const base = (signals, rest) => ({
    autosize: "none", padding: 0, background: null, width: 100, height: 100,
    signals: [{ name: "auswahl", value: null }, { name: "zeiger", value: null }, ...signals], ...rest,
  });

  /* An axis whose ticks and labels are given by the signals striche and texte. */
  const axis = (orient, scale, more) => ({
    orient, scale, values: { signal: "striche" }, domain: false, ticks: false, grid: true, zindex: 0,
    gridColor: v("raster"), labelColor: v("leise-tinte"), labelFont: FONT, labelFontSize: SMALL, labelPadding: 6,
    labelOverlap: true, aria: false,
    encode: { labels: { update: { text: { signal: "texte[indexof(striche, datum.value)]" } } } }, ...more,
  });

  const MAP = base([{ name: "skala", value: 1 }, { name: "links", value: 0 }], {
    data: [{ name: "formen", values: [] }, { name: "schriften", values: [] }],
    projections: [{ name: "p", type: "identity", scale: { signal: "skala" }, translate: { signal: "[links, 2]" } }],
    marks: [
      { type: "shape", name: "raum", from: { data: "formen" }, aria: false, transform: [{ type: "geoshape", projection: "p" }],
        encode: { update: { fill: { field: "farbe" }, stroke: { signal: `datum.ok ? '${v("papier")}' : '${v("leise-tinte")}'` },
          strokeWidth: { value: 1 }, strokeJoin: { value: "round" }, cursor: { value: "pointer" } } } },
      ...["papier", "auswahl"].map((colour, i) => (
        { type: "shape", from: { data: "formen" }, aria: false, interactive: false, transform: [{ type: "geoshape", projection: "p" }],
          encode: { update: { fill: { value: null }, stroke: { value: v(colour) }, strokeJoin: { value: "round" },
            strokeWidth: { signal: `${marked} ? ${i ? 3 : 6} : 0` } } } })),
      /* Lettering: first its ground, where it is wider than its area. */
      ...[3, 0].map(halo => (
        { type: "text", from: { data: "schriften" }, aria: false, interactive: false,
          encode: { update: text({ x: { field: "x" }, y: { field: "y" }, text: { field: "text" }, fontSize: { value: SMALL },
            fontWeight: { signal: "datum.fett ? 'bold' : 'normal'" }, align: { value: "center" }, baseline: { value: "middle" },
            fill: { field: halo ? "grund" : "schrift" }, stroke: { field: "grund" }, strokeWidth: { value: halo }, strokeJoin: { value: "round" } }) } })),
    ],
  });

  const BARS = base([
    { name: "oben", value: 0 }, { name: "links", value: 0 }, { name: "rechts", value: 0 }, { name: "werte", value: 0 },
    { name: "raeume", value: [] }, { name: "striche", value: [0, 1] }, { name: "texte", value: ["0", "1"] },
    { name: "grenzen", value: [0, 1] }, { name: "titel", value: "" }, { name: "kommune", value: null }, { name: "kommunetext", value: "" },
  ], {
    data: [{ name: "zeilen", values: [] }],
    scales: [
      { name: "x", type: "linear", domain: { signal: "grenzen" }, range: { signal: "[links, width - rechts]" }, zero: false, nice: false },
      { name: "y", type: "band", domain: { signal: "raeume" }, range: { signal: "[oben, height - 2]" }, paddingInner: 0.3, paddingOuter: 0.15 },
    ],
    axes: [axis("top", "x", { offset: { signal: "-oben" }, gridScale: "y" })],
    marks: [
      { type: "text", aria: false, encode: { update: text({ x: { value: 0 }, y: { value: 8 }, text: { signal: "titel" },
        limit: { signal: "width" }, baseline: { value: "middle" }, fill: { value: v("leise-tinte") }, fontSize: { value: SMALL } }) } },
      { type: "rect", name: "raum", from: { data: "zeilen" }, aria: false,
        encode: { update: { x: { value: 0 }, x2: { signal: "width" }, y: { signal: "scale('y', datum.raum) - bandwidth('y') * 0.2" },
          height: { signal: "bandwidth('y') * 1.4" }, cursor: { value: "pointer" }, fill: { value: v("raster") },
          fillOpacity: { signal: `${marked} ? 0.75 : 0` } } } },
      { type: "rect", from: { data: "zeilen" }, aria: false, interactive: false,
        encode: { update: { x: { signal: "datum.ok ? scale('x', 0) : links" }, x2: { signal: "datum.ok ? scale('x', datum.wert) : links" },
          y: { scale: "y", field: "raum" }, height: { scale: "y", band: 1 }, fill: { field: "balken" }, stroke: { field: "rand" }, strokeWidth: { value: 0.8 } } } },
      ...[["papier", 3.4], ["tinte", 1.3]].flatMap(([colour, width]) => [
        { type: "rule", from: { data: "intervalle" }, aria: false, interactive: false,
          encode: { update: { x: { scale: "x", field: "unten" }, x2: { scale: "x", field: "oben" }, y: { scale: "y", field: "raum", band: 0.5 },
            stroke: { value: v(colour) }, strokeWidth: { value: width } } } },
        ...["unten", "oben"].map(end => (
          { type: "rule", from: { data: "intervalle" }, aria: false, interactive: false,
            encode: { update: { x: { scale: "x", field: end }, y: { signal: "scale('y', datum.raum) + bandwidth('y') / 2 - 4" },
              y2: { signal: "scale('y', datum.raum) + bandwidth('y') / 2 + 4" }, stroke: { value: v(colour) }, strokeWidth: { value: width } } } })),
      ]),
      { type: "text", from: { data: "zeilen" }, aria: false, interactive: false,
        encode: { update: text({ x: { signal: "links - 8" }, y: { scale: "y", field: "raum", band: 0.5 }, text: { field: "name" }, align: { value: "right" },
          baseline: { value: "middle" }, limit: { signal: "links - 8" }, fontWeight: { signal: `${marked} ? 'bold' : 'normal'` } }) } },
      { type: "text", from: { data: "zeilen" }, aria: false, interactive: false,
        encode: { update: text({ x: { signal: "width - rechts + 8 + werte" }, y: { scale: "y", field: "raum", band: 0.5 }, text: { field: "text" },
          align: { value: "right" }, baseline: { value: "middle" }, fontWeight: { signal: `${marked} ? 'bold' : 'normal'` } }) } },
      { type: "symbol", from: { data: "marken" }, aria: false, interactive: false,
        encode: { update: { x: { signal: "width - rechts + 18 + werte + datum.stelle * 15" }, y: { scale: "y", field: "raum", band: 0.5 },
          shape: { value: "circle" }, size: { value: 150 }, fill: { field: "balken" }, stroke: { field: "rand" }, strokeWidth: { value: 1 } } } },
      { type: "symbol", from: { data: "marken" }, aria: false, interactive: false,
        encode: { update: { x: { signal: "width - rechts + 18 + werte + datum.stelle * 15" }, y: { scale: "y", field: "raum", band: 0.5 },
          shape: { field: "form" }, size: { value: 50 }, fill: { field: "zeichen" } } } },
      { type: "rule", aria: false, interactive: false, encode: { update: { x: { scale: "x", value: 0 }, y: { signal: "oben - 2" }, y2: { signal: "height" },
        stroke: { value: v("leise-tinte") }, strokeWidth: { value: 1 } } } },
      { type: "rule", aria: false, interactive: false, encode: { update: { x: { signal: "kommune === null ? 0 : scale('x', kommune)" }, y: { signal: "oben - 26" },
        y2: { signal: "height" }, stroke: { value: v("kommune") }, strokeWidth: { signal: "kommune === null ? 0 : 2" }, strokeDash: { value: [1, 0] } } } },
      { type: "text", aria: false, interactive: false, encode: { update: text({
        x: { signal: "kommune === null ? 0 : scale('x', kommune) + (scale('x', kommune) > width / 2 ? -6 : 6)" }, y: { signal: "oben - 30" }, baseline: { value: "middle" },
        align: { signal: "kommune !== null && scale('x', kommune) > width / 2 ? 'right' : 'left'" },
        text: { signal: "kommune === null ? '' : kommunetext" }, fill: { value: v("kommune") }, fontWeight: { value: "bold" }, fontSize: { value: SMALL },
        limit: { signal: "kommune === null ? 0 : max(scale('x', kommune), width - scale('x', kommune)) - 8" } }) } },
    ],
  });
  BARS.data.push({ name: "intervalle", values: [] }, { name: "marken", values: [] });

  const lineY = (field, more) => ({ scale: "y", field, ...more });
  const SERIES = base([
    { name: "links", value: 40 }, { name: "striche", value: [0, 1] }, { name: "texte", value: ["0", "1"] }, { name: "grenzen", value: [0, 1] },
    { name: "titel", value: "" }, { name: "jahre", value: [0, 1] }, { name: "jahr", value: 0 }, { name: "spanne", value: [0, 1] },
    { name: "nulllinie", value: false }, { name: "viele", value: false },
  ], {
    data: ["strecken", "punkte", "brueche", "hoehen"].map(name => ({ name, values: [] })),
    scales: [
      { name: "x", type: "linear", domain: { signal: "spanne" }, range: { signal: "[links + 16, width - 26]" }, zero: false, nice: false },
      { name: "y", type: "linear", domain: { signal: "grenzen" }, range: { signal: "[height - 30, 34]" }, zero: false, nice: false },
    ],
    axes: [
      axis("left", "y", { offset: { signal: "-links" }, grid: false }),
      axis("bottom", "x", { values: { signal: "jahre" }, grid: false, offset: -26,
        encode: { labels: { update: { text: { signal: "format(datum.value, 'd')" }, fontWeight: { signal: "datum.value === jahr ? 'bold' : 'normal'" } } } } }),
    ],
    marks: [
      { type: "text", aria: false, encode: { update: text({ x: { value: 0 }, y: { value: 10 }, text: { signal: "titel" }, limit: { signal: "width" },
        baseline: { value: "middle" }, fill: { value: v("leise-tinte") }, fontSize: { value: SMALL } }) } },
      { type: "rule", from: { data: "hoehen" }, aria: false, interactive: false, encode: { update: { x: { signal: "links" }, x2: { signal: "width" },
        y: { scale: "y", field: "data" }, stroke: { value: v("raster") } } } },
      { type: "rule", aria: false, interactive: false, encode: { update: { x: { scale: "x", signal: "jahr" }, y: { value: 28 }, y2: { signal: "height - 28" },
        stroke: { value: v("raster") }, strokeWidth: { value: 14 } } } },
      { type: "rule", aria: false, interactive: false, encode: { update: { x: { signal: "links" }, x2: { signal: "width" },
        y: { scale: "y", value: 0 }, stroke: { value: v("leise-tinte") }, strokeWidth: { signal: "nulllinie ? 1 : 0" } } } },
      { type: "rule", from: { data: "brueche" }, aria: false, interactive: false, encode: { update: { x: { scale: "x", field: "x" }, y: { value: 28 },
        y2: { signal: "height - 28" }, stroke: { value: v("leise-tinte") }, strokeDash: { value: [3, 3] } } } },
      /* wide and unseen, so that a thin line is easily pointed at */
      { type: "rule", name: "raum", from: { data: "strecken" }, aria: false, encode: { update: { ...ends(), strokeWidth: { value: 9 }, stroke: { value: "transparent" },
        cursor: { value: "pointer" } } } },
      ...["!w && !k", "!w && k", "w"].flatMap(when => {
        const shown = when.replace("!w", `!${marked}`).replace(/\bw\b/, marked).replace(/\bk\b/, "datum.kommune");
        const width = `${shown} ? (${marked} ? 3.5 : datum.kommune ? 3 : 1.2) : 0`;
        const opacity = `${shown} && !${marked} && !datum.kommune && viele ? 0.5 : 1`;
        const colour = `datum.kommune ? '${v("kommune")}' : ${marked} ? '${v("auswahl")}' : '${v("reihe")}'`;
        return [
          { type: "rule", from: { data: "strecken" }, aria: false, interactive: false, encode: { update: { ...ends(), stroke: { signal: colour },
            strokeWidth: { signal: width }, opacity: { signal: opacity }, strokeDash: { signal: "datum.geschaetzt ? [5, 4] : [1, 0]" }, strokeCap: { value: "butt" } } } },
          { type: "symbol", from: { data: "punkte" }, aria: false, name: { "!w && !k": "punkt", "!w && k": "punktk", w: "punktw" }[when],
            encode: { update: { x: { scale: "x", field: "jahr" }, y: lineY("wert"), stroke: { signal: colour }, fill: { signal: `datum.geschaetzt ? '${v("papier")}' : ${colour}` },
              strokeWidth: { signal: `${shown} ? (datum.geschaetzt ? 1.6 : 0) : 0` }, size: { signal: `${shown} ? (${marked} ? 90 : datum.kommune ? 70 : 26) : 0` },
              cursor: { value: "pointer" } } } },
        ];
      }),
    ],
  });

  function ends() {
    return { x: { scale: "x", field: "x1" }, x2: { scale: "x", field: "x2" }, y: lineY("y1"), y2: lineY("y2") };
  }

  /* A picture in an element; what is pointed at is told to the listener as (row or null, event). */
  function open(spec, element, listener) {
    const view = new vega.View(vega.parse(spec), { renderer: "svg", logLevel: vega.Warn, loader: nothingToLoad() });
    view.initialize(element);
    const datum = item => (item && item.datum && item.datum.raum !== undefined ? item.datum : null);
    for (const type of ["mousemove", "mouseout", "click"]) {
      view.addEventListener(type, (event, item) => listener(type, type === "mouseout" ? null : datum(item), event));
    }
    return view;
  }

  /* Nothing of the atlas comes from elsewhere. */
  function nothingToLoad() {
    const refuse = () => Promise.reject(new Error("Der Atlas lädt nichts nach."));
    return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
  }

  function set(view, signals, data) {
    for (const [name, value] of Object.entries(signals)) view.signal(name, value);
    for (const [name, rows] of Object.entries(data)) view.data(name, rows);
    view.run();
    const svg = view.container().querySelector("svg");
    if (svg) svg.setAttribute("aria-hidden", "true");  // the element around it has the alternative text
  }

  /* A name on two lines, broken near its middle; itself if it cannot be broken. */
  function halves(name) {
    const breaks = [...name.matchAll(/(?<=\S) (?=\S)|(?<=\p{L}{4}-)(?=\p{L}{4})/gu)].map(found => found.index);
    if (!breaks.length) return [name];
    const at = breaks.reduce((a, b) => Math.abs(b - name.length / 2) < Math.abs(a - name.length / 2) ? b : a);
    return [name.slice(0, at), name.slice(at).trim()];
  }

  /* What stands on every area: its name with the value, as far as there is room, else its number. */
  function lettering(map, rows, scale, left) {
    const taken = [], drawn = [];
    const free = box => !taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    const order = map.raeume.map((_, i) => i).sort((a, b) => map.raeume[b].mitte[2] - map.raeume[a].mitte[2]);
    let numbered = false;
    for (const i of order) {
      const area = map.raeume[i], row = rows[i], value = { text: row.text, fett: true };
      const x = left + area.mitte[0] * scale, y = 2 + area.mitte[1] * scale, room = 2 * area.mitte[2] * scale;
      const plain = texts => texts.map(one => ({ text: one, fett: false }));
      const names = [[area.name], halves(area.name)].map(plain), number = plain([area.nr]);
      const variants = [...names.map(name => [...name, value]), ...names, [...number, value], number].map((lines, j, all) => {
        const width = Math.max(...lines.map(one => textWidth(one.text, SMALL, one.fett ? "bold" : "normal"))) + 4;
        const height = lines.length * LINE;
        return { lines, last: j === all.length - 1, named: j < 4, fits: width <= room * 1.3 && height <= room * 1.2,
          box: [x - width / 2, y - height / 2, x + width / 2, y + height / 2] };
      });
      const chosen = variants.find(one => one.last || (one.fits && free(one.box)));
      numbered = numbered || !chosen.named;
      taken.push(chosen.box);
      const ground = row.farbe.startsWith("url") ? v("papier") : row.farbe;
      chosen.lines.forEach((one, j) => drawn.push({ raum: area.raum, ...one, x, y: y + (j - (chosen.lines.length - 1) / 2) * LINE,
        schrift: row.schrift, grund: ground }));
    }
    return { drawn, numbered };
  }

  /* Draws the map and says whether any area bears its number instead of its name. */
  function drawMap(view, width, map, rows) {
    const roomy = Math.min(width * 0.95, 620);
    const scale = Math.min((width - 4) / map.breite, roomy / map.hoehe);
    const left = (width - map.breite * scale) / 2;
    const shapes = map.raeume.map((area, i) => (
      { type: "Feature", geometry: area.form, raum: area.raum, name: area.name, ok: rows[i].ok, mitte: area.mitte, farbe: rows[i].farbe }));
    const { drawn, numbered } = lettering(map, rows, scale, left);
    view.width(width).height(Math.ceil(map.hoehe * scale) + 4);
    set(view, { skala: scale, links: left }, { formen: shapes, schriften: drawn });
    return numbered;
  }

  function drawBars(view, width, axisOf, rows, municipality) {
    const widest = Math.max(...rows.map(row => textWidth(row.name, SIZE, "bold")));
    const values = Math.max(...rows.map(row => textWidth(row.text, SIZE, "bold")));
    const signs = Math.max(...rows.map(row => row.marken));
    const top = municipality ? 78 : 52;
    const left = Math.ceil(Math.min(widest + 4, width * 0.38)) + 8;
    view.width(width).height(top + rows.length * (rows.length > FEW ? ROW : TALL_ROW) + 2);
    const triangles = rows.flatMap(row => Array.from({ length: row.marken }, (_, i) => (
      { raum: row.raum, stelle: i, form: SIGNS[row.form], balken: row.balken, rand: row.rand, zeichen: row.zeichen })));
    set(view, { oben: top, links: left, werte: values, rechts: values + 16 + (signs ? 4 + 15 * signs : 0), raeume: rows.map(row => row.raum),
      striche: axisOf.striche, texte: axisOf.texte, grenzen: [axisOf.von, axisOf.bis], titel: axisOf.titel,
      kommune: municipality ? municipality.wert : null, kommunetext: municipality ? municipality.text : "" },
      { zeilen: rows, intervalle: rows.filter(row => row.unten !== null), marken: triangles });
  }

  function drawSeries(view, width, axisOf, years, year, points, breaks) {
    const left = Math.max(...axisOf.texte.map(label => textWidth(label, SMALL))) + 10;
    const lines = [];
    const broken = (a, b) => breaks.some(y => a < y && y <= b);
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1], b = points[i];
      if (a.raum === b.raum && b.jahr - a.jahr === 1 && !broken(a.jahr, b.jahr)) {
        lines.push({ raum: a.raum, kommune: a.kommune, geschaetzt: a.geschaetzt || b.geschaetzt, x1: a.jahr, x2: b.jahr, y1: a.wert, y2: b.wert });
      }
    }
    view.width(width).height(Math.max(240, Math.min(340, width * 0.5)));
    set(view, { links: left, striche: axisOf.striche, texte: axisOf.texte, grenzen: [axisOf.von, axisOf.bis], titel: axisOf.titel, jahre: years,
      jahr: year, spanne: years.length > 1 ? [years[0], years[years.length - 1]] : [years[0] - 1, years[0] + 1],
      viele: new Set(points.map(point => point.raum)).size > MANY, nulllinie: axisOf.von < 0 && axisOf.bis > 0 },
      { strecken: lines, punkte: points, brueche: breaks.map(y => ({ x: y - 0.5 })), hoehen: axisOf.striche });
  }

  return { MAP, BARS, SERIES, SIGNS, open, drawMap, drawBars, drawSeries };
})();
