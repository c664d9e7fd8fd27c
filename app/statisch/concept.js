// What is typed and not saved yet stays in this tab, through another page, a reload and an outage; it goes nowhere else.
(() => {
  const SLEUTEL = "rm-concepten";
  const lees = () => { try { return JSON.parse(sessionStorage.getItem(SLEUTEL)) ?? {}; } catch { return {}; } };
  const schrijf = (alles) => {
    try { sessionStorage.setItem(SLEUTEL, JSON.stringify(alles)); } catch { /* then it lasts as long as the page */ }
  };
  const VAK = '[class*="st-key-rm-concept-"]';
  const van = (vak) => vak.className.match(/st-key-rm-concept-([\w-]+)--(\d+)(?:\s|$)/)?.slice(1) ?? [];
  const velden = (vak) =>
    [...vak.querySelectorAll("textarea, input[type=radio], input[type=text]:not([role=combobox])")];
  const stand = (vak) => velden(vak).map((veld) => (veld.type === "radio" ? veld.checked : veld.value));
  const teksten = (concept) => concept.stand.filter((waarde) => typeof waarde === "string" && waarde.trim());
  let zelf = false;

  const onthoud = (gebeurtenis) => {
    const vak = gebeurtenis.target.closest?.(VAK);
    if (!vak || zelf) return;
    const [naam, basis] = van(vak);
    if (naam) schrijf({ ...lees(), [naam]: { basis, stand: stand(vak) } });
  };
  addEventListener("input", onthoud);
  addEventListener("change", onthoud);

  const zet = (veld, waarde) => {
    if (veld.type === "radio") {
      if (waarde && !veld.checked) veld.click();
      return;
    }
    if (veld.value === waarde) return;
    // React listens to what a person does, not to what a script writes.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(veld), "value").set.call(veld, waarde);
    veld.dispatchEvent(new Event("input", { bubbles: true }));
    veld.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  const breng_terug = (vak, concept, basis) => {
    const nu = stand(vak);
    if (JSON.stringify(nu) === JSON.stringify(concept.stand)) return;
    if (concept.basis === basis && nu.length === concept.stand.length) {
      zelf = true;
      velden(vak).forEach((veld, plek) => zet(veld, concept.stand[plek]));
      zelf = false;
      return;
    }
    // Somebody changed it meanwhile: what was typed is shown beside it, and replaces nothing.
    const over = teksten(concept).filter((tekst) => !nu.includes(tekst));
    if (over.length) vak.append(toon("Dit typte u eerder en is niet bewaard: ", over));
  };
  const toon = (kop, regels) => {
    const p = document.createElement("p");
    p.className = "rm-concept";
    p.textContent = kop + regels.join(" / ");
    return p;
  };

  const gezien = new WeakSet();
  const kijk = () => {
    const alles = lees();
    for (const bericht of document.querySelectorAll("[data-bewaard]")) {
      if (gezien.has(bericht)) continue;
      gezien.add(bericht);
      for (const naam of bericht.dataset.bewaard.split(" ")) delete alles[naam];
      schrijf(alles);
    }
    for (const vak of document.querySelectorAll(VAK)) {
      const [eerste] = velden(vak);
      if (!eerste || gezien.has(eerste)) continue;
      const [naam, basis] = van(vak);
      const concept = alles[naam];
      // Its fields come one by one: only when all are there is it known that nothing else changed.
      if (concept?.basis === basis && velden(vak).length < concept.stand.length) continue;
      gezien.add(eerste);
      if (concept) breng_terug(vak, concept, basis);
    }
    for (const plek of document.querySelectorAll(".rm-concepten:empty")) {
      const elders = [...document.querySelectorAll(".rm-versie")].map((deel) => deel.textContent).join();
      const hier = Object.keys(alles).filter((naam) => naam.includes(plek.dataset.concepten));
      const over = hier.flatMap((naam) => teksten(alles[naam])).filter((tekst) => !elders.includes(tekst));
      if (over.length) plek.append(toon("Wat u typte, is er nog en komt terug in zijn veld: ", over));
    }
  };
  let straks = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(straks);
    straks = requestAnimationFrame(kijk);
  }).observe(document.getElementById("root"), { subtree: true, childList: true });
})();
