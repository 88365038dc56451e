# SPDX-License-Identifier: AGPL-3.0-or-later
"""One build, from the content folder to the site in its place; the steps in their order.

``hooks`` takes these steps inside a run of Pelican. Nothing reaches the output folder before the
last one, and that one happens only when no finding of severity error was met.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from notices import catalog, checks, links, report, weight
from notices.delivery import promises
from notices.delivery.staging import Staging
from notices.model import Catalog, Finding
from notices.render import Renderer
from notices.settings import Settings, shown
from notices.theme import ThemeError

RECORD_VERSION: Final = 2


class BuildStoppedError(Exception):
    """Findings stand in the way; the build has them."""


@dataclass
class Build:
    """The state of one build. ``file_sizes`` are the files written so far, in bytes by path."""

    settings: Settings
    lenient: bool = False
    progress: report.Progress = report.no_progress
    findings: list[Finding] = field(default_factory=list)
    catalog: Catalog | None = None
    is_done: bool = False
    planned: frozenset[str] = frozenset()
    file_sizes: dict[str, int] = field(default_factory=dict)
    weights: list[weight.Weight] = field(default_factory=list)
    heaviest: weight.Weight | None = None
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.staging = Staging(self.settings.output, *self.settings.sources)

    def open(self) -> Path:
        """Make the staging folder and give it; raises OutputError."""
        self.staging.open()
        return self.staging.folder

    def read(self) -> None:
        """Read and check the content; raises BuildStoppedError or NoContentError."""
        self.catalog = catalog.load(
            self.settings.content,
            self.settings.shown_content,
            self.settings.source_language,
            drafts=False,
        )
        self.findings = sorted({*self.findings, *checks.run(self.catalog, self.settings)})
        self._stop_on_errors()

    def write(self) -> None:
        """Render every page into the staging folder; raises BuildStoppedError."""
        assert self.catalog is not None, "read() comes before write()"
        try:
            renderer = Renderer(self.catalog, self.settings)
            self.planned = renderer.paths()
            with self.progress(len(self.planned), self.started) as step:
                for path, size, weighed in renderer.each(self._stage):
                    self.file_sizes[path] = size
                    if weighed:
                        self.weights.append(weighed)
                    step(len(self.file_sizes))
        except ThemeError as error:
            fix = "mend the theme, or take the file from the last version that worked."
            self.add("template-failed", self.settings.theme, str(error), fix)
            raise BuildStoppedError from error

    def _stage(self, path: str, content: bytes) -> tuple[str, int, weight.Weight | None]:
        self.staging.write(path, content)
        return path, len(content), weight.weigh(path, content)

    def add(self, code: str, place: Path, message: str, fix: str) -> None:
        """Add a finding about the build itself rather than about a file of the content."""
        finding = Finding(shown(place), 1, code, message, fix)
        self.findings = self.settings.judged([*self.findings, finding], self.catalog)

    def finish(self) -> None:
        """Compare what is on disk with the Catalog, check its links, then publish it.

        Raises BuildStoppedError.
        """
        assert self.catalog is not None, "read() comes before finish()"
        sizes = self.staging.sizes()
        output = self.settings.output
        for path in sorted(self.planned):
            if path not in sizes or sizes[path] != self.file_sizes.get(path):
                self.add(
                    "page-missing",
                    output / path,
                    "the page was not written as it should have been.",
                    "look for a full disk or for another program that changes the folder.",
                )
        for path in sorted(sizes.keys() - self.planned):
            self.add(
                "page-extra",
                output / path,
                "a Pelican plugin or setting made this file, and no check has seen it.",
                "remove the plugin or setting from pelicanconf.py.",
            )
        self._stop_on_errors()  # what these two cause need not be said, too
        self._check_links()
        self._weigh()
        self._stop_on_errors()
        self.staging.switch(
            {
                "lenient": self.lenient,
                "languages": list(self.catalog.languages),
                "site_url": self.settings.site_url,
                "version": RECORD_VERSION,
                promises.PROMISES: promises.of(self.catalog, compares=self.settings.compares),
            }
        )
        self.is_done = True

    def _check_links(self) -> None:
        """Check the staged pages as readers will meet them."""
        found = links.check(self.staging.folder, self.settings.site_url)
        moved = [links.moved(finding, shown(self.settings.output)) for finding in found]
        self.findings = self.settings.judged([*self.findings, *moved], self.catalog)

    def _weigh(self) -> None:
        """Report the pages that take more than one round trip."""
        found = weight.findings(self.weights, shown(self.settings.output))
        self.findings = self.settings.judged([*self.findings, *found], self.catalog)
        self.heaviest = weight.heaviest(
            self.weights, lambda path: (self.staging.folder / path).read_bytes()
        )

    def _stop_on_errors(self) -> None:
        if report.has_errors(self.findings) and not self.lenient:
            raise BuildStoppedError

    def close(self) -> None:
        """Remove what the build left beside the output; safe to call at any time."""
        self.staging.close()

    def summary(self) -> list[str]:
        """Tell what was built: one line for each language, and a closing line."""
        pages = [path for path in self.file_sizes if path.endswith(".html")]
        seconds = f"{time.monotonic() - self.started:.2f} s"
        findings = report.counted(self.findings)
        if not self.is_done:
            kept = "; the site in {} stands as it was" if self.settings.output.exists() else ""
            output = shown(self.settings.output)
            return [f"Nothing was built: {findings}, {seconds}{kept.format(output)}."]
        lines = []
        if self.catalog:
            for tag, language in self.catalog.languages.items():
                own = sum(path.startswith(f"{tag}/") for path in pages)
                lines.append(f"{tag}: {language.name}, {own} page{'' if own == 1 else 's'}")
        if self.heaviest:
            lines.append(f"largest page: {self.heaviest.path}, {self.heaviest}")
        closing = f"{len(pages)} pages in {shown(self.settings.output)}, {findings}, {seconds}"
        if not self.settings.site_url:
            closing += "; no site address, so no sitemap and only relative links"
        if self.lenient:
            closing += "; built in spite of errors, for trying out: it cannot be published"
        return [*lines, f"{closing}."]
