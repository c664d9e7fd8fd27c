// The search field of every page: "/" or Ctrl-K opens it, arrows walk through what was found, Enter follows the first.
(() => {
  const vak = document.getElementById("rm-zoekvak");
  const veld = document.getElementById("rm-zoekveld");
  const melding = document.getElementById("rm-zoekmelding");
  const vondsten = document.getElementById("rm-vondsten");
  let lopend = null;
  let wacht = 0;
  // Outside Streamlit's own part of the page the theme is not known; it is that of what lies under it.
  const volg_thema = () => {
    const app = document.querySelector(".stApp");
    if (!app) return;
    const schema = getComputedStyle(app).colorScheme;
    for (const deel of document.querySelectorAll(".rm-buiten")) deel.style.colorScheme = schema;
  };
  const maak = (naam, tekst, klasse) => {
    const deel = document.createElement(naam);
    if (tekst) deel.textContent = tekst;
    if (klasse) deel.className = klasse;
    return deel;
  };
  const toon = (antwoord) => {
    vondsten.replaceChildren(...antwoord.groepen.map((groep) => {
      const deel = maak("section");
      const lijst = maak("ul");
      for (const rij of groep.rijen) {
        const naar = maak("a");
        naar.href = rij.adres;
        naar.append(maak("strong", rij.titel), maak("span", rij.onder));
        const regel = maak("li");
        regel.append(naar);
        lijst.append(regel);
      }
      deel.append(maak("h2", groep.kop), lijst);
      if (groep.meer) deel.append(maak("p", groep.meer));
      return deel;
    }));
    melding.textContent = antwoord.melding;
    vondsten.scrollTop = 0;
  };
  const zoek = async () => {
    lopend?.abort();
    const deze = lopend = new AbortController();
    const hier = new URLSearchParams(location.search);
    const vraag = new URLSearchParams({ zoek: veld.value });
    for (const naam of ["voorbeeld", "publicatie"]) if (hier.has(naam)) vraag.set(naam, hier.get(naam));
    try {
      const antwoord = await fetch(`/regiomonitor/zoeken?${vraag}`, { signal: deze.signal });
      if (!antwoord.ok) throw new Error(antwoord.status);
      const inhoud = await antwoord.json();
      if (deze === lopend) toon(inhoud);
    } catch (fout) {
      if (fout.name === "AbortError") return;
      melding.textContent = "Zoeken lukt nu niet: de monitor antwoordt niet. Probeer het zo nog eens.";
      vondsten.replaceChildren();
    }
    if (deze === lopend) lopend = null;
  };
  const open = () => {
    if (vak.open || document.querySelector("dialog[open]")) return;
    volg_thema();
    vak.showModal();
    veld.select();
    zoek();
  };
  const straks = () => {
    clearTimeout(wacht);
    wacht = setTimeout(zoek, 80);
  };
  const loop = (stap) => {
    const links = [veld, ...vondsten.querySelectorAll("a")];
    const nu = links.indexOf(document.activeElement);
    links[Math.min(Math.max(nu + stap, 0), links.length - 1)].focus();
  };
  document.getElementById("rm-zoekknop").addEventListener("click", open);
  document.getElementById("rm-zoeksluit").addEventListener("click", () => vak.close());
  veld.addEventListener("input", straks);
  vak.addEventListener("click", (klik) => {
    // A click beside the field is on the dialog itself; one on a link leaves the page.
    if (klik.target === vak || klik.target.closest("a")) vak.close();
  });
  vak.querySelector("form").addEventListener("submit", async (inzending) => {
    inzending.preventDefault();
    clearTimeout(wacht);
    await zoek();
    vondsten.querySelector("a")?.click();
  });
  vak.addEventListener("keydown", (toets) => {
    const stap = { ArrowDown: 1, ArrowUp: -1 }[toets.key];
    if (!stap) return;
    toets.preventDefault();
    loop(stap);
  });
  const typt = (waar) => waar.isContentEditable || /^(input|textarea|select)$/i.test(waar.tagName);
  addEventListener("keydown", (toets) => {
    const roept = toets.key === "/" ? !toets.ctrlKey && !toets.metaKey && !toets.altKey && !typt(toets.target)
      : toets.key.toLowerCase() === "k" && (toets.ctrlKey || toets.metaKey);
    if (!roept) return;
    toets.preventDefault();
    toets.stopPropagation();
    open();
  }, true);
  const wachter = new MutationObserver(() => {
    const app = document.querySelector(".stApp");
    if (!app) return;
    wachter.disconnect();
    volg_thema();
    new MutationObserver(volg_thema).observe(app, { attributes: true, attributeFilter: ["class"] });
  });
  wachter.observe(document.body, { childList: true, subtree: true });
})();
