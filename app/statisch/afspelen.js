// Playing a map over time: the button 'Volgende' is pressed for the reader, until the newest or a new press.
(() => {
  const tempo = 1500;
  // A press of which nothing came in this time is lost: earlier, a second one would go one period too far.
  const verloren = 12000;
  let gedrukt = 0;
  let gedrukt_bij = "";
  let klok = 0;
  let perioden = [];
  let begin = "";
  let is_onderweg = false;
  const toon = () => {
    const knop = document.querySelector(".rm-afspelen");
    if (knop) knop.textContent = klok ? "Stop" : "Afspelen";
  };
  const stop = () => {
    clearTimeout(klok);
    klok = 0;
    toon();
  };
  const hier = () => {
    const periode = new URLSearchParams(location.search).get("periode");
    return perioden.includes(periode) ? periode : perioden.at(-1);
  };
  const stap = () => {
    const volgende = document.querySelector(".st-key-kaart_volgende button");
    is_onderweg ||= hier() !== begin;
    // After the newest comes the oldest, so who begins there goes round once.
    if (!volgende || (is_onderweg && hier() === perioden.at(-1))) return stop();
    // A slow server is waited for.
    const is_bezig = !document.querySelector("[data-test-script-state=notRunning]");
    if (!is_bezig && (hier() !== gedrukt_bij || Date.now() - gedrukt > verloren)) {
      [gedrukt, gedrukt_bij] = [Date.now(), hier()];
      volgende.click();
    }
    klok = setTimeout(stap, tempo);
    toon();
  };
  document.addEventListener("click", (klik) => {
    const knop = klik.target.closest?.(".rm-afspelen");
    if (knop) {
      if (klok) return stop();
      perioden = knop.dataset.perioden.split(" ");
      begin = hier();
      is_onderweg = false;
      gedrukt_bij = "";
      return stap();
    }
    // Who chooses something does not want it changed under their hands.
    if (klok && klik.isTrusted) stop();
  });
  addEventListener("keydown", (toets) => { if (toets.key === "Escape" && klok) stop(); });
})();
