// Playing a map over time: the button 'Volgende' is pressed for the reader, until the newest or a new press.
(() => {
  const tempo = 1500;
  let klok = 0;
  let resten = 0;
  const toon = () => {
    const knop = document.querySelector(".rm-afspelen");
    if (knop) knop.textContent = klok ? "Stop" : "Afspelen";
  };
  const stop = () => {
    clearTimeout(klok);
    klok = 0;
    toon();
  };
  const stap = () => {
    const volgende = document.querySelector(".st-key-kaart_volgende button");
    if (!volgende || resten < 1) return stop();
    // A slow server is waited for: no period is passed over.
    if (document.querySelector("[data-test-script-state=notRunning]")) {
      resten -= 1;
      volgende.click();
    }
    klok = setTimeout(stap, tempo);
    toon();
  };
  document.addEventListener("click", (klik) => {
    const knop = klik.target.closest?.(".rm-afspelen");
    if (knop) {
      if (klok) return stop();
      const perioden = knop.dataset.perioden.split(" ");
      const nu = new URLSearchParams(location.search).get("periode");
      // After the newest comes the oldest.
      const verder = perioden.length - 1 - (perioden.includes(nu) ? perioden.indexOf(nu) : perioden.length - 1);
      resten = verder || perioden.length;
      return stap();
    }
    // Who chooses something does not want it changed under their hands.
    if (klok && klik.isTrusted) stop();
  });
  addEventListener("keydown", (toets) => { if (toets.key === "Escape" && klok) stop(); });
})();
