// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 2.4.2, 2.4.6, 2.4.10, 3.1.1, 3.1.2: titles, headings, and in which language each part is.
() => {
  const faults = [], page = document.documentElement;
  if (!document.title.trim()) faults.push("the page has no title");
  if (!["ltr", "rtl"].includes(page.dir)) faults.push("the page does not say its direction");
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => one.checkVisibility());
  if (levels.filter((one) => one.localName === "h1").length !== 1) faults.push("not exactly one h1");
  levels.forEach((one, at) => {
    if (!one.textContent.trim()) faults.push(`an empty heading: ${named(one)}`);
    if (at && Number(one.localName[1]) > Number(levels[at - 1].localName[1]) + 1)
      faults.push(`a level is skipped: ${named(one)}`);
  });
  for (const part of document.querySelectorAll("section, article")) {
    const heading = [...part.querySelectorAll("h1, h2, h3, h4, h5, h6")]
      .find((one) => one.closest("section, article") === part || part.localName === "article");
    if (!heading) faults.push(`a section without a heading: ${named(part)}`);
  }
  return faults;
}
