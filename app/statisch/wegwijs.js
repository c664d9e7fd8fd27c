// Who comes for the first time is shown the way until they say that it is enough; terms are explained where they stand.
(() => {
  const SLEUTEL = "rm-bekend";
  const vak = document.getElementById("rm-welkomvak");
  const knop = document.getElementById("rm-welkomknop");
  const bewaard = () => { try { return localStorage.getItem(SLEUTEL); } catch { return "1"; } };
  knop.hidden = Boolean(bewaard());
  const open = () => { if (!vak.open) vak.showModal(); };
  addEventListener("click", (klik) => {
    const weg = klik.target.closest?.("#rm-welkomknop, .rm-nieuwhier");
    if (!weg) return;
    klik.preventDefault();
    open();
  });
  vak.addEventListener("click", (klik) => {
    if (klik.target.id === "rm-welkomweg") {
      try { localStorage.setItem(SLEUTEL, "1"); } catch { /* then it stays until the page is left */ }
      knop.hidden = true;
    }
    if (klik.target === vak || klik.target.closest("a, [data-dicht], #rm-welkomweg")) vak.close();
  });

  const begrippen = new Map(Object.entries({BEGRIPPEN}));
  const letters = [...begrippen.keys()].sort((a, b) => b.length - a.length).map((w) => w.replace(/\s/g, "\\s"));
  const zoek = new RegExp(`(?<![\\w-])(${letters.join("|")})(?![\\w-])`);
  const plekken = "[data-testid=stMain] .stHtml :is(p, li, td, dd)";
  const niet = "a, button, summary, code, h1, h2, h3, h4, th, nav, .rm-voet, .rm-legenda, .rm-kaartje, .rm-regiokern, svg";
  let pagina = "";
  let gezegd = new Set();
  const leg_uit = (deel) => {
    const loop = document.createTreeWalker(deel, NodeFilter.SHOW_TEXT);
    for (let knoop = loop.nextNode(); knoop; knoop = loop.nextNode()) {
      const gevonden = knoop.data.match(zoek);
      if (!gevonden || gezegd.has(gevonden[1]) || knoop.parentElement.closest(niet)) continue;
      gezegd.add(gevonden[1]);
      const woord = document.createElement("button");
      woord.type = "button";
      woord.className = "rm-begrip";
      woord.textContent = gevonden[1];
      woord.setAttribute("aria-description", begrippen.get(gevonden[1]));
      const rest = knoop.splitText(gevonden.index);
      rest.data = rest.data.slice(gevonden[1].length);
      rest.before(woord);
      return;
    }
  };
  const kijk = () => {
    if (pagina !== location.pathname) {
      pagina = location.pathname;
      gezegd = new Set();
    }
    // What Streamlit wrote anew has lost its explanation.
    for (const woord of gezegd) {
      if (![...document.querySelectorAll(".rm-begrip")].some((b) => b.textContent === woord)) gezegd.delete(woord);
    }
    if (gezegd.size < begrippen.size) document.querySelectorAll(plekken).forEach(leg_uit);
  };
  let straks = 0;
  new MutationObserver(() => {
    clearTimeout(straks);
    straks = setTimeout(kijk, 300);
  }).observe(document.getElementById("root"), { subtree: true, childList: true });
  addEventListener("keydown", (toets) => {
    if (toets.key === "Escape" && document.activeElement?.className === "rm-begrip") document.activeElement.blur();
  });
})();
