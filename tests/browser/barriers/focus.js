// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 2.4.7, 2.4.11 to 2.4.13: with the keyboard's focus, is each stop marked, in the window, uncovered?
// Quick, by computed style; what the mark looks like is measured in pixels by another test.
() => {
  const faults = [], was = [scrollX, scrollY];
  document.documentElement.style.scrollBehavior = "auto";
  const state = (element) => {
    const marks = new Map();
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const {outlineStyle, outlineWidth, outlineColor, outlineOffset} = getComputedStyle(one);
      const width = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
      marks.set(one, {width, style: outlineStyle, colour: painted(outlineColor), offset: parseFloat(outlineOffset)});
    }
    return marks;
  };
  for (const stop of document.querySelectorAll(TARGETS)) {
    if (stop.tabIndex < 0 || !stop.checkVisibility({visibilityProperty: true})) continue;
    if (stop.tabIndex > 0) faults.push(`it is out of the order of reading: ${named(stop)}`);
    stop.blur();
    const before = state(stop);
    stop.focus({focusVisible: true});
    if (document.activeElement !== stop) continue;
    const marked = [...state(stop)].filter(([one, mark]) => mark.width > before.get(one).width);
    const clear = marked.filter(([one, mark]) => {
      const back = behind(mark.offset < 0 ? one : one.parentElement);
      return mark.style !== "auto" && mark.width >= 2 && contrast(over(mark.colour, back), back) >= 3;
    });
    if (!clear.length) faults.push(`no clear mark of the focus: ${named(stop)}`);
    const boxes = [...stop.getClientRects()].filter((one) => one.width > 1 && one.height > 1);
    const inside = boxes.some((one) => one.top > -1 && one.left > -1
      && one.right < document.documentElement.clientWidth + 1
      && Math.min(one.bottom, innerHeight) - one.top > Math.min(one.height, innerHeight, 40) - 1);
    if (!inside) { faults.push(`the focus is outside the window: ${named(stop)}`); continue; }
    const points = boxes.flatMap((one) => [0.1, 0.5, 0.9].map((part) =>
      [one.left + one.width * part, Math.min(one.top + one.height / 2, innerHeight - 1)]))
      .filter(([, y]) => y >= 0 && y < innerHeight);
    const covered = points.some(([x, y]) => {
      const found = document.elementFromPoint(x, y);
      return found && found !== stop && !stop.contains(found) && !found.contains(stop);
    });
    if (covered) faults.push(`the focus is covered: ${named(stop)}`);
  }
  document.activeElement?.blur();
  scrollTo(...was);
  document.documentElement.style.scrollBehavior = "";
  return faults;
}
