// Charts are drawn in the colours of the theme. On paper everything is light, so in the dark one they change for a print.
(() => {
  const licht = new Map(Object.entries({KLEUREN}));
  // Hatching that is light on the dark map is dark on paper; that of the palest shapes is the other way round.
  const tint = { l: "d", p: "l", d: "d" };
  const op_papier = (kleur) => licht.get(kleur) ?? kleur.replace(/(#rm-arc-\d-)([lpd])/, (_, begin, t) => begin + tint[t]);
  let gewisseld = [];
  // A4 between its margins; a chart that was drawn wider is made smaller, so that its texts must be larger.
  const PAPIER = 688, HOOGSTENS = 1.5;
  let vergroot = [];
  addEventListener("beforeprint", () => {
    for (const beeld of document.querySelectorAll(".stVegaLiteChart svg.marks")) {
      // On the start page two stand beside each other on paper too.
      const kolom = document.querySelector(".rm-voorop") && beeld.closest("[data-testid=stColumn]");
      const maal = Math.min(HOOGSTENS, beeld.getBoundingClientRect().width / (kolom ? PAPIER / 2 : PAPIER));
      if (maal <= 1 || beeld.closest('[class*="st-key-rm-kaart"]')) continue;
      for (const tekst of beeld.querySelectorAll("text")) {
        vergroot.push([tekst, tekst.style.fontSize]);
        tekst.style.fontSize = `${parseFloat(getComputedStyle(tekst).fontSize) * maal}px`;
      }
    }
  });
  addEventListener("afterprint", () => {
    for (const [tekst, maat] of vergroot) tekst.style.fontSize = maat;
    vergroot = [];
  });
  addEventListener("beforeprint", () => {
    if (!document.querySelector(".rm-voet.rm-dark")) return;
    for (const deel of document.querySelectorAll("svg.marks *")) {
      for (const naam of ["fill", "stroke"]) {
        const kleur = deel.getAttribute(naam);
        const nieuw = kleur && op_papier(kleur);
        if (!kleur || nieuw === kleur) continue;
        gewisseld.push([deel, naam, kleur]);
        deel.setAttribute(naam, nieuw);
      }
    }
  });
  addEventListener("afterprint", () => {
    for (const [deel, naam, kleur] of gewisseld) deel.setAttribute(naam, kleur);
    gewisseld = [];
  });

  // When the theme turns, only a run draws charts in its colours: this is the key that asks Streamlit for one.
  const is_donker = () => {
    const [rood, groen, blauw] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g);
    return Number(rood) + Number(groen) + Number(blauw) < 3 * 127;
  };
  const volg = () => {
    const voet = document.querySelector(".rm-voet");
    if (!voet || voet.classList.contains("rm-dark") === is_donker()) return;
    for (const soort of ["keydown", "keyup"]) {
      document.dispatchEvent(new KeyboardEvent(soort, { key: "r", code: "KeyR", keyCode: 82, which: 82, bubbles: true }));
    }
  };
  // Asking for a colour has the browser work out every style: not while it draws what was chosen.
  const straks = () => setTimeout(() => (window.requestIdleCallback ?? setTimeout)(volg), 400);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", straks);
  // Or the reader chose a theme in the menu.
  addEventListener("click", straks);
  addEventListener("keyup", (toets) => toets.key === "Enter" && straks());
})();
