// Puts Streamlit's own English labels into Dutch; texts of the monitor itself are Dutch already.
(() => {
  const woorden = new Map(Object.entries({
    "Running...": "Bezig…",
    "Running…": "Bezig…",
    "Stop": "Stop",
    "Skip to main content": "Naar de inhoud",
    "App pages": "Pagina's",
    "Main menu": "Weergave en afdrukken",
    "Settings": "Instellingen",
    "Print": "Afdrukken",
    "Rerun": "Opnieuw laden",
    "Appearance": "Weergave",
    "Theme": "Thema",
    "Choose app theme": "Kies een thema",
    "Choose app theme, colors and fonts": "Kies een thema",
    "Use system setting": "Zoals op uw apparaat",
    "System": "Apparaat",
    "Record screen": "Scherm opnemen",
    "Light": "Licht",
    "Dark": "Donker",
    "Wide mode": "Brede weergave",
    "Close": "Sluiten",
    "Clear value": "Keuze wissen",
    "Clear all": "Alles wissen",
    "No results": "Niets gevonden",
    "Choose an option": "Kies",
    "open": "openen",
    "Open": "Openen",
    "Fullscreen": "Volledig scherm",
    "View fullscreen": "Volledig scherm",
    "Exit fullscreen": "Volledig scherm sluiten",
    "Close fullscreen": "Volledig scherm sluiten",
    "Search": "Zoeken",
    "Download as CSV": "Download als CSV",
    "Failed to generate file for download": "Dit bestand is niet gemaakt; laad de pagina opnieuw",
    "Show/hide columns": "Kolommen kiezen",
    "Show sidebar navigation": "Menu openen",
    "Open sidebar": "Menu openen",
    "Close sidebar": "Menu sluiten",
    "Expand sidebar": "Menu openen",
    "Collapse sidebar": "Menu sluiten",
    "Connecting": "Verbinden",
    "Connection error": "Geen verbinding",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "De monitor op deze computer is gestopt. Wat u typte, staat er nog. Start de monitor weer in een terminal, in " +
      "de map van het project; de pagina komt dan vanzelf terug:",
    "streamlit run yourscript.py": "make start",
    "Loading...": "Laden…",
    "Upload": "Kies een bestand",
    "Browse files": "Kies een bestand",
    "file upload": "Kies een bestand",
    "Remove file": "Bestand weghalen",
    "Uploading...": "Bezig met ophalen…",
    "Drag and drop file here": "Sleep een bestand hierheen",
    "Drop files here": "Laat het bestand hier los",
    "Show data": "Gegevens tonen",
    "Show chart": "Grafiek tonen",
    "Copy to clipboard": "Kopiëren",
    "Link to heading": "Link naar deze kop",
    "Help for": "Uitleg bij",
    "About": "Over",
    "Sidebar": "Menu",
    "Page not found": "Deze pagina bestaat niet",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "De link wijst naar een pagina die er niet is. U ziet Landelijk beeld.",
  }));
  // Whatever way Streamlit has of saying that the server does not answer.
  const zonder_antwoord = /^(Streamlit server is not|Cannot connect to|Connection (timed out|failed)|Failed to fetch)/;
  const geen_antwoord =
    "De monitor antwoordt niet. Wat u typte, staat er nog. Kijk of u verbinding hebt en wacht even: de monitor komt " +
    "vanzelf terug. Blijft dit zo, kopieer dan wat u typte en laad de pagina later opnieuw.";
  const kenmerken = ["aria-label", "title", "placeholder", "alt"];
  const vertaal = (tekst) => {
    const kaal = tekst.trim();
    if (woorden.has(kaal)) return tekst.replace(kaal, woorden.get(kaal));
    if (zonder_antwoord.test(kaal)) return geen_antwoord;
    if (/^(\d+ )?more$/.test(kaal)) return tekst.replace("more", "meer");
    const keuze = kaal.match(/^Selected (.*)\. (.*)$/);
    if (keuze) return `Gekozen: ${keuze[1]}. ${keuze[2]}`;
    if (kaal.startsWith("Made with Streamlit")) return kaal.replace("Made with", "Gemaakt met");
    if (kaal === "Selected values") return "Gekozen";
    const vol = kaal.match(/^You can only select up to (\d+) options?\. Remove an option first\.$/);
    if (vol) return `Hoogstens ${vol[1]}. Haal er eerst een weg.`;
    const weg = kaal.match(/^Remove (.*)$/);
    if (weg) return `Weghalen: ${weg[1]}`;
    const maat = kaal.match(/^(\d+)MB per file(.*)$/);
    if (maat) return `Hoogstens ${maat[1]} MB${maat[2]}`;
    const [woord, ...rest] = kaal.split(": ");
    if (rest.length && woorden.has(woord)) return `${woorden.get(woord)}: ${rest.join(": ")}`;
    const hulp = kaal.match(/^Help for (.*)$/);
    if (hulp) return `Uitleg bij ${hulp[1]}`;
    return tekst;
  };
  // What the monitor wrote itself, and charts: Dutch already, and most of what a choice changes.
  const eigen = ".stHtml, svg, script, style";
  const bewerk = (knoop) => {
    if (knoop.nodeType === Node.TEXT_NODE) {
      const buiten = knoop.parentElement;
      if (!buiten || buiten.closest(".stHtml, .stMarkdown, script, style, svg")) return;
      const nieuw = vertaal(knoop.data);
      if (nieuw !== knoop.data) knoop.data = nieuw;
      return;
    }
    if (knoop.nodeType !== Node.ELEMENT_NODE) return;
    for (const naam of kenmerken) {
      const oud = knoop.getAttribute(naam);
      if (oud === null) continue;
      const nieuw = vertaal(oud);
      if (nieuw !== oud) knoop.setAttribute(naam, nieuw);
    }
    if (knoop.matches(eigen)) return;
    for (const kind of knoop.childNodes) bewerk(kind);
  };
  const kijk = new MutationObserver((wijzigingen) => {
    document.documentElement.lang = "nl";
    for (const w of wijzigingen) {
      if (w.type !== "childList") bewerk(w.target);
      else if (!w.target.closest?.(eigen)) w.addedNodes.forEach(bewerk);
    }
  });
  kijk.observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: kenmerken,
  });
})();
