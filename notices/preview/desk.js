// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings each new edition of a page in, and keeps the place, focus and folds of who looks at it.
{
  let shown = document.currentScript.dataset.version, latest = shown, isBusy = false, events;
  const said = document.getElementById("_desk-said");
  const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "";
  const listed = "#_desk-own > li, main .desk-findings > li";
  const findings = () => [...document.querySelectorAll(listed)].map((one) => one.id);

  // A node of the page that a new one takes the place of. Elements with an id know their own.
  const twin = (at, next, others) => {
    if (next.nodeType !== Node.ELEMENT_NODE) return at?.nodeType === next.nodeType ? at : null;
    for (let one = at; one; one = one.nextSibling)
      if (next.id ? one.id === next.id && one.nodeName === next.nodeName : one.isEqualNode(next))
        return one;
    const isAlike = at?.nodeName === next.nodeName && !at.id && !next.id;
    return isAlike && !others.some((one) => one.isEqualNode(at)) ? at : null;
  };

  // Makes one node like another, and touches only what differs.
  const change = (old, next) => {
    if (old === said || old.isEqualNode(next)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) { old.data = next.data; return; }
    liken(old, next);
    let at = old.firstChild;
    const coming = [...next.childNodes];
    coming.forEach((one, number) => {
      const own = twin(at, one, coming.slice(number + 1));
      if (!own) { old.insertBefore(one, at); return; }
      while (at !== own) at = removed(at);
      change(own, one);
      at = own.nextSibling;
    });
    while (at) at = removed(at);
  };
  const removed = (node) => { const next = node.nextSibling; node.remove(); return next; };
  const liken = (old, next) => {
    // A fold is as its reader left it, unless what it says of itself has changed.
    const isKept = old.nodeName === "DETAILS" && old.dataset.state === next.dataset.state;
    for (const { name } of [...old.attributes, ...next.attributes]) {
      const value = next.getAttribute(name);
      if ((isKept && name === "open") || old.getAttribute(name) === value) continue;
      if (value === null) old.removeAttribute(name);
      else old.setAttribute(name, value);
    }
  };

  const bring = (written) => {
    if (!written.includes(`"${policy}"`)) { location.reload(); return; }  // it has another style
    const page = new DOMParser().parseFromString(written, "text/html");
    const focused = document.activeElement, room = focused.closest("#_desk, main, header");
    const before = new Set(findings());
    document.title = page.title;
    liken(document.documentElement, page.documentElement);
    change(document.body, page.body);
    fold();
    if (!focused.isConnected && room?.isConnected) {  // its twin, or the first stop beside it
      const stops = [...room.querySelectorAll("a, summary")].filter((one) => one.checkVisibility());
      const same = stops.find((one) => one.getAttribute("href") === focused.getAttribute("href"));
      (same ?? stops[0])?.focus({ preventScroll: true });
    }
    const fresh = findings().filter((id) => !before.has(id)).length;
    const summary = document.querySelector("[data-summary]")?.dataset.summary ?? "";
    if (said) said.textContent = summary + (fresh ? `, ${fresh} new` : "");
  };

  const refresh = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      while (shown !== latest) {
        const wanted = latest, answer = await fetch(location.href);
        if (answer.redirected) location.replace(answer.url);
        bring(await answer.text());
        shown = wanted;
      }
    } catch { /* the server is gone; when it is back, it says so */ }
    isBusy = false;
  };

  // A tab that nobody sees holds no connection: a browser has six for each host.
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource("/_preview/events");
    events.onmessage = ({ data }) => { latest = data; refresh(); };
    events.onerror = () => { if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000); };
  };

  // What is folded stays so, on every page and after a reload.
  const folds = () => document.querySelectorAll("#_desk details[id]");
  const fold = () => {
    for (const one of folds()) one.open = (sessionStorage.getItem(one.id) ?? `${one.open}`) === "true";
  };
  document.addEventListener("toggle", ({ target }) => {
    if ([...folds()].includes(target)) sessionStorage.setItem(target.id, target.open);
  }, true);
  document.addEventListener("click", ({ target }) => {
    const { hash } = target.closest('a[href^="#_desk"]') ?? {};
    for (let one = hash && document.getElementById(hash.slice(1)); one; one = one.parentElement)
      if (one.localName === "details") one.open = true;
    if (hash === "#_desk") document.getElementById("_desk-fold").open = true;
  });

  fold();
  listen();
  addEventListener("pageshow", ({ persisted }) => { if (persisted) listen(); });
  document.addEventListener("visibilitychange", listen);
}
