// The bar on top: which entry is the reader's, and links between pages that do not load everything anew.
(() => {
  const paden = new Set({PADEN});
  const balk = document.querySelector(".rm-balkboven");
  const mee = ["voorbeeld", "publicatie"];
  let stand = "";
  // Streamlit's own way of going back is also a way of going: to an address that is there already.
  const volg = () => {
    const hier = new URLSearchParams(location.search);
    // A choice on a page changes its address, and nothing of the bar.
    const nieuw = [location.pathname, ...mee.map((naam) => hier.get(naam))].join();
    if (nieuw === stand) return;
    stand = nieuw;
    for (const naar of balk.querySelectorAll("a")) {
      const adres = new URL(naar.getAttribute("href"), location.href);
      for (const naam of mee) hier.has(naam) ? adres.searchParams.set(naam, hier.get(naam)) : adres.searchParams.delete(naam);
      naar.setAttribute("href", adres.pathname + adres.search);
      const is_hier = naar.dataset.paden?.split(" ").includes(location.pathname.replace(/(.)\/$/, "$1"));
      is_hier ? naar.setAttribute("aria-current", "page") : naar.removeAttribute("aria-current");
    }
  };
  for (const naam of ["pushState", "replaceState"]) {
    const eerst = history[naam];
    history[naam] = function (...alles) {
      eerst.apply(this, alles);
      volg();
    };
  }
  addEventListener("popstate", volg);
  addEventListener("click", (klik) => {
    const naar = klik.target.closest?.("a[href]");
    if (!naar || klik.button || klik.ctrlKey || klik.metaKey || klik.shiftKey || klik.altKey) return;
    if (klik.defaultPrevented || naar.target === "_blank" || naar.matches("[download], .rm-nieuwhier")) return;
    const adres = new URL(naar.href, location.href);
    if (adres.origin !== location.origin || adres.hash || !paden.has(adres.pathname)) return;
    // Until Streamlit runs there is nothing to go on with.
    if (!document.querySelector("[data-test-connection-state=CONNECTED]")) return;
    klik.preventDefault();
    History.prototype.pushState.call(history, {}, "", adres.pathname + adres.search);
    volg();
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });
  volg();
})();
