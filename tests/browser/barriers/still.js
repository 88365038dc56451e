// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 2.2.2, 2.2.3, 2.3.3: does anything move, run out, or act by itself?
() => {
  const faults = [], reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const things = "script, meta[http-equiv=refresh i], video, audio, marquee, blink, object, embed, iframe";
  for (const one of document.querySelectorAll(things)) faults.push(`<${one.localName}> in the page`);
  for (const one of document.getAnimations()) faults.push(`it moves: ${named(one.effect.target)}`);
  for (const one of reduced ? document.querySelectorAll("*") : []) {
    const style = getComputedStyle(one);
    const lasts = [style.transitionDuration, style.animationDuration].join(",").split(",");
    if (lasts.some((time) => parseFloat(time) > 0) || style.scrollBehavior !== "auto")
      faults.push(`it moves, though less motion is asked for: ${named(one)}`);
  }
  return faults;
}
