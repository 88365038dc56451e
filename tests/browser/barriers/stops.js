// SPDX-License-Identifier: AGPL-3.0-or-later
// The stops of the Tab key, in the order of the document: which should be, which were, one of them.
(wanted) => {
  const stops = [...document.querySelectorAll(TARGETS)].filter((one) => one.tabIndex >= 0
    && !one.disabled && one.checkVisibility({visibilityProperty: true}));
  const call = (one) => `${stops.indexOf(one)} ${named(one)}`;
  const shown = (one) => [...one.getClientRects()].filter((box) => box.width > 1).some((box) =>
    box.left > -1 && box.right <= document.documentElement.clientWidth + 1
    && box.top > -1 && Math.min(box.bottom, box.top + 40) <= innerHeight + 1);
  if (wanted === "expected") return stops.map(call);
  if (wanted === "listen") {
    window.met = {stops: [], away: []};
    window.metListener ??= addEventListener("keyup", (event) => {
      const one = document.activeElement;
      if (event.key !== "Tab" || one === document.body) return;
      const name = window.met.call(one);
      if (window.met.stops.at(-1) === name) return;
      window.met.stops.push(name);
      if (!window.met.shown(one)) window.met.away.push(`it is outside the window: ${name}`);
    }) ?? true;
    Object.assign(window.met, {call, shown});
    return null;
  }
  if (wanted === "met") return [window.met.stops, window.met.away];
  if (wanted === "kinds") {
    const kinds = new Map(), key = (one) => one && `${one.localName}.${one.className}`;
    stops.forEach((one, at) => {
      const kind = [one, one.parentElement, one.closest("nav, main, header, footer")].map(key).join();
      if (!kinds.has(kind)) kinds.set(kind, at);
    });
    return [...kinds.values()];
  }
  const stop = stops[wanted];
  stop.focus({focusVisible: true});
  stop.scrollIntoView({block: "center"});
  // What is marked may be what holds the link, as where a whole card can be pressed.
  const boxes = [...stop.getClientRects()].filter((one) => one.width > 1);
  const holder = [stop, stop.closest(":focus-within:not(body, html, main, article, nav, section)")]
    .concat(...(stop.closest("li") ? [stop.closest("li")] : [])).filter(Boolean);
  const around = [...boxes, ...holder.map((one) => one.getBoundingClientRect())];
  const left = Math.max(0, Math.min(...around.map((one) => one.left)) - 12);
  const top = Math.max(0, Math.min(...around.map((one) => one.top)) - 12);
  const right = Math.min(innerWidth, Math.max(...around.map((one) => one.right)) + 12);
  const bottom = Math.min(innerHeight, Math.max(...around.map((one) => one.bottom)) + 12);
  // A line of 2 px round the inside of each of its boxes.
  const least = Math.min(...[boxes, [stop.getBoundingClientRect()]].map((some) =>
    some.reduce((sum, one) => sum + 4 * (one.width + one.height) - 16, 0)));
  return {name: named(stop), least: Math.round(least),
    clip: {x: left, y: top, width: right - left, height: bottom - top}};
}
