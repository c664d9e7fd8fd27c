// A day is typed as people write it; beside the field the calendar of the browser itself offers one to pick.
(() => {
  const zet = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const MAANDEN = ["jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
  // What is typed, as the calendar writes a day; nothing where it is no day.
  const lees = (tekst) => {
    const delen = tekst.toLowerCase().match(/(\d{1,2})[-/. ]+([a-z]{3,9}|\d{1,2})\.?[-/. ]+(\d{4})/);
    if (!delen) return tekst.trim();
    const maand = Number(delen[2]) || MAANDEN.indexOf(delen[2].replace("mrt", "maa").slice(0, 3)) + 1;
    return `${delen[3]}-${String(maand).padStart(2, "0")}-${delen[1].padStart(2, "0")}`;
  };
  const maak = (veld) => {
    const knop = document.createElement("button");
    knop.type = "button";
    knop.className = "rm-dagknop";
    knop.textContent = "Kalender";
    knop.setAttribute("aria-label", `Kies in de kalender: ${veld.getAttribute("aria-label") ?? "een dag"}`);
    const kalender = document.createElement("input");
    kalender.type = "date";
    kalender.className = "rm-dagkalender";
    kalender.tabIndex = -1;
    kalender.setAttribute("aria-hidden", "true");
    knop.addEventListener("click", () => {
      kalender.value = lees(veld.value);
      kalender.showPicker();
    });
    kalender.addEventListener("change", (gebeurtenis) => {
      gebeurtenis.stopPropagation();
      const dag = kalender.valueAsDate;
      if (!dag) return;
      const delen = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
      zet.call(veld, new Intl.DateTimeFormat("nl-NL", delen).format(dag));
      veld.dispatchEvent(new Event("input", { bubbles: true }));
      veld.focus();
    });
    return [knop, kalender];
  };
  const kijk = () => {
    for (const vak of document.querySelectorAll('[class*="st-key-rm-dag-"]')) {
      const veld = vak.querySelector("input[type=text]");
      if (veld && !vak.querySelector(".rm-dagknop")) vak.append(...maak(veld));
    }
  };
  let straks = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(straks);
    straks = requestAnimationFrame(kijk);
  }).observe(document.getElementById("root"), { subtree: true, childList: true });
})();
