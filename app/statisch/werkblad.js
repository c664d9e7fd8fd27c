// Twelve scores without a detour: a click of the mouse on a score leads on to its explanation, and a digit chooses it.
(() => {
  const vak_van = (plek) => plek.closest?.('[class*="st-key-rm-concept-score-"]');
  let muis = false;
  addEventListener("pointerdown", ({ pointerType }) => { muis = pointerType === "mouse"; }, true);
  addEventListener("click", ({ target, detail }) => {
    // A choice by the keyboard has no press; on a phone the field would put its keyboard over the next score.
    if (!muis || !detail || !target.closest?.("[role=radiogroup] label")) return;
    const veld = vak_van(target)?.querySelector("textarea");
    if (veld) requestAnimationFrame(() => veld.focus({ preventScroll: true }));
  }, true);
  addEventListener("keydown", (toets) => {
    if (toets.target.type !== "radio" || toets.ctrlKey || toets.metaKey || toets.altKey) return;
    const keuze = vak_van(toets.target)?.querySelectorAll("input[type=radio]")[Number(toets.key) - 1];
    if (!keuze) return;
    toets.preventDefault();
    keuze.focus();
    if (!keuze.checked) keuze.click();
  });
  // What came of keeping it all stands below the button: while the page is drawn anew that may move out of sight.
  let bewaart = false;
  addEventListener("click", ({ target }) => { bewaart ||= Boolean(target.closest?.(".st-key-werkblad_bewaren button")); }, true);
  new MutationObserver(() => {
    if (!bewaart) return;
    const uitkomst = document.querySelector(".st-key-rm-werkbladuitkomst");
    if (!uitkomst || !document.querySelector("[data-test-script-state=notRunning]")) return;
    bewaart = false;
    uitkomst.scrollIntoView({ block: "nearest" });
  }).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-test-script-state"] });
})();
