// Sharing: the address of now, the same of this publication for good, and a chart or map for another site.
(() => {
  const vak = document.getElementById("rm-deelvak");
  const melding = document.getElementById("rm-deelmelding");
  const zet = (naam, waarde) => { document.getElementById(naam).value = waarde; };
  const kader = (pad, vragen, titel) =>
    `<iframe src="${location.origin}/insluiten/${pad}?${vragen}" title="${titel}" width="720" height="520" style="border:0;max-width:100%" loading="lazy"></iframe>`;
  document.getElementById("rm-deelknop").addEventListener("click", () => {
    const hier = new URL(location.href);
    zet("rm-deel-nu", hier.href);
    const voet = document.querySelector(".rm-voet[data-publicatie]");
    const publicatie = voet?.dataset.publicatie ?? "";
    if (publicatie) hier.searchParams.set("publicatie", publicatie);
    zet("rm-deel-vast", hier.href);
    const indicator = hier.searchParams.get("indicator");
    const kan = /^[a-z0-9_]+$/.test(indicator ?? "");
    document.getElementById("rm-deel-in").hidden = !kan;
    if (kan) {
      const mee = new URLSearchParams(publicatie ? { publicatie } : {});
      for (const naam of ["regio", "niveau"]) if (hier.searchParams.has(naam)) mee.set(naam, hier.searchParams.get(naam));
      zet("rm-deel-grafiek", kader(indicator, new URLSearchParams({ vorm: "grafiek", ...Object.fromEntries(mee) }), "Grafiek uit de Regiomonitor"));
      zet("rm-deel-kaart", kader(indicator, new URLSearchParams({ vorm: "kaart", ...Object.fromEntries(mee) }), "Kaart uit de Regiomonitor"));
    }
    melding.textContent = "";
    vak.showModal();
  });
  vak.addEventListener("click", async (klik) => {
    if (klik.target === vak || klik.target.closest("[data-dicht]")) return vak.close();
    const veld = document.getElementById(klik.target.closest("[data-kopie]")?.dataset.kopie);
    if (!veld) return;
    veld.select();
    try {
      await navigator.clipboard.writeText(veld.value);
      melding.textContent = "Gekopieerd.";
    } catch {
      melding.textContent = "Kopiëren lukt hier niet vanzelf: de tekst is gekozen, druk op Ctrl+C.";
    }
  });
})();
