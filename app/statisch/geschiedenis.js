// A choice replaces the entry of its page in the history, a page adds one: Back goes to the page before in one press.
(() => {
  const voegToe = history.pushState;
  history.pushState = function (stand, titel, adres) {
    const blijft = adres == null || new URL(adres, location.href).pathname === location.pathname;
    (blijft ? history.replaceState : voegToe).call(this, stand, titel, adres);
  };
})();
