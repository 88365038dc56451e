// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 1.3.2: does what is later in the document stand below, or further along the line?
() => {
  const faults = [], boxes = new Map();
  for (const {parent, rects} of texts()) {
    const block = blockOf(parent), own = boxes.get(block);
    const left = Math.min(...rects.map((one) => one.left)), top = Math.min(...rects.map((one) => one.top));
    const right = Math.max(...rects.map((one) => one.right)), bottom = Math.max(...rects.map((one) => one.bottom));
    boxes.set(block, own ? {left: Math.min(left, own.left), top: Math.min(top, own.top),
      right: Math.max(right, own.right), bottom: Math.max(bottom, own.bottom)} : {left, top, right, bottom});
  }
  const all = [...boxes].map(([block, box]) => ({block, ...box}));
  for (let at = 0; at < all.length; at += 1) {
    for (let next = at + 1; next < all.length; next += 1) {
      const [one, other] = [all[at], all[next]];
      if (one.block.contains(other.block)) continue;
      const column = Math.min(one.right, other.right) - Math.max(one.left, other.left) > 4;
      const row = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 8;
      if (column && other.bottom < one.top + 4)
        faults.push(`${named(other.block)} stands above ${named(one.block)}`);
      const ltr = getComputedStyle(document.documentElement).direction === "ltr";
      if (row && !column && (ltr ? other.left < one.left : other.right > one.right))
        faults.push(`${named(other.block)} stands before ${named(one.block)} in its line`);
    }
  }
  return faults;
}
