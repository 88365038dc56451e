// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 1.4.10, 1.4.4, 1.4.12: does anything stand beside the window, get cut off, or cover text?
() => {
  const faults = [], wide = document.documentElement.clientWidth;
  const whole = document.documentElement.scrollWidth;
  if (whole > wide) faults.push(`the page is ${whole} px wide in a window of ${wide} px`);
  const all = texts();
  const holders = new Map();
  const cutting = (element) => {
    if (!holders.has(element)) {
      const own = getComputedStyle(element), up = element.parentElement;
      const cuts = own.overflowX !== "visible" || own.overflowY !== "visible";
      const mine = cuts && element !== document.documentElement && element !== document.body
        ? [{element, rect: element.getBoundingClientRect(), own}] : [];
      holders.set(element, mine.concat(up ? cutting(up) : []));
    }
    return holders.get(element);
  };
  for (const {parent, rects} of all) {
    for (const rect of rects) {
      if (rect.right > wide + 1 || rect.left < -1)
        faults.push(`text stands outside the window: ${named(parent)}`);
      for (const {element, rect: box, own} of cutting(parent)) {
        const sideways = rect.right > box.right + 1 || rect.left < box.left - 1;
        const down = rect.bottom > box.bottom + rect.height * 0.3
          || rect.top < box.top - rect.height * 0.3;
        if (sideways) faults.push(`text is cut off, or scrolls sideways: ${named(element)}`);
        else if (down && !/auto|scroll/.test(own.overflowY))
          faults.push(`text is cut off below: ${named(element)}`);
      }
    }
  }
  for (const picture of document.querySelectorAll("img, svg, table, pre, input, textarea")) {
    const box = picture.getBoundingClientRect();
    if (seen(picture) && (box.right > wide + 1 || box.left < -1))
      faults.push(`it is wider than the window: ${named(picture)}`);
  }
  // The middle of each line's box, since the boxes of close lines touch where no letters do.
  const cores = all.flatMap(({node, parent, rects}) => rects.map((one) => ({
    node, parent, left: one.left + 1, right: one.right - 1,
    top: one.top + one.height * 0.3, bottom: one.bottom - one.height * 0.3,
  }))).sort((a, b) => a.top - b.top);
  for (let at = 0; at < cores.length; at += 1) {
    for (let next = at + 1; next < cores.length; next += 1) {
      if (cores[next].top >= cores[at].bottom) break;
      if (cores[next].left < cores[at].right && cores[at].left < cores[next].right
        && cores[next].node !== cores[at].node)
        faults.push(`${named(cores[at].parent)} and ${named(cores[next].parent)} overlap`);
    }
  }
  return [...new Set(faults)];
}
