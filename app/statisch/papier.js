// On paper everything is light. Charts are drawn in the colours of the theme, so in the dark one they change for a print.
(() => {
  const licht = new Map(Object.entries({KLEUREN}));
  // Hatching that is light on the dark map is dark on paper; that of the palest shapes is the other way round.
  const tint = { l: "d", p: "l", d: "d" };
  const op_papier = (kleur) => licht.get(kleur) ?? kleur.replace(/(#rm-arc-\d-)([lpd])/, (_, begin, t) => begin + tint[t]);
  let gewisseld = [];
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
})();
