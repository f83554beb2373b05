// Beside the page while it is previewed: says that a build runs or what went wrong, loads it again.
(() => {
  const leiste = document.createElement("div");
  leiste.setAttribute("role", "status");
  leiste.style.cssText =
    "position:fixed;left:0;right:0;bottom:0;z-index:1000;padding:.6rem 1rem;white-space:pre-wrap;" +
    "max-height:50vh;overflow:auto;font:14px/1.4 monospace;color:#fff";
  leiste.hidden = true;
  document.body.append(leiste);
  const zeige = (text, farbe) => {
    leiste.hidden = !text;
    leiste.textContent = text;
    leiste.style.background = farbe;
  };
  const ort = "spm-vorschau " + location.pathname;
  const gemerkt = sessionStorage.getItem(ort);
  if (gemerkt !== null) {
    sessionStorage.removeItem(ort);
    window.scrollTo(0, Number(gemerkt)); // where the reader was, although figures load later
    window.addEventListener("load", () => window.scrollTo(0, Number(gemerkt)));
  }
  let gab = false;
  const horche = () => {
    const leitung = new WebSocket(`ws://${location.host}/-vorschau/nachricht`);
    leitung.onmessage = (ereignis) => {
      const { arbeitet, fehler, neu } = JSON.parse(ereignis.data);
      if (neu) {
        sessionStorage.setItem(ort, String(window.scrollY));
        location.reload();
      } else if (fehler) {
        zeige(fehler, "#8a1c1c");
      } else {
        zeige(arbeitet ? "Der Bericht wird neu gebaut …" : "", "#14405c");
      }
      gab = true;
    };
    leitung.onclose = () => {
      if (gab) zeige("Die Vorschau ist beendet.", "#444");
      setTimeout(horche, 2000);
    };
  };
  horche();
})();
