# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition of the preview is, byte for byte, what a full build of the same folder would be.

``NOTICES_EDITS=500`` tries as many random stories of edits (CI: a few).
"""

from __future__ import annotations

import gc
import os
import shutil
import weakref
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from notices import catalog, checks, filenames
from notices import settings as site_settings
from notices.model import Catalog, Finding
from notices.preview.builder import Builder
from notices.preview.edition import Edition, Subject
from notices.render import Renderer
from notices.review import marking
from notices.settings import Readability, Settings
from notices.theme import ThemeError

STORIES = int(os.environ.get("NOTICES_EDITS", "5"))
LANGUAGES = ("sv", "en", "ar")
NAMES = ("index", "user", "buyer", "request")

SECTIONS = (
    "## {0} ett {{#one}}\n\nText {0} om SIP och [[email]], se [två](user.md#two).\n",
    "## {0} två {{#two}}\n\n- Ett led på 30 dagar\n- [Brev](request.md) till [[name]]\n",
    "## {0} tre\n\nUtan eget id, ring [[telephone]]. Ett *register*.\n",
    "### {0} fyra {{#four}}\n\n[Ut](../en/buyer.md#one){{hreflang=en}} och [fel](nowhere.md#x).\n",
    "## {0} kort {{#in-short}}\n\n- Vi spar i [30 dagar](buyer.md#two).\n",
    "## {0} sex {{#two}}\n\nEtt id som redan finns, och [[unknown]].\n",
    '## {0} ord {{#words}}\n\nEtt ett "ord" ,som som landsting. TODO: [skriv]. TIA, xqzz, yqzz.\n',
)
FRONT = (
    "",
    "---\nslug: egen-adress\n---\n\n",
    "---\neffective: 2026-03-01\n---\n\n",
    "---\ntemplate: letter\n---\n\n",
    "---\nslug: [\n---\n\n",
    "---\ndraft: true\n---\n\n",
)
FACTS = 'name = "Förening"\nemail = "a@example.org"\n'
WORDS = (
    '[sip]\nterm = "SIP"\nlong = "Session Initiation Protocol"\nlang = "en"\nexplanation = "{0}"\n'
    'avoid = ["text"]\n'
)
AVOIDED = f'{WORDS}avoid = ["landsting"]\n'
UNREADABLE = (b"\xff\xfe", b"# T\n\n<<<<<<< HEAD\n", b"a\x00b")
NO_TOML = (*UNREADABLE, b"[[[", b'name = "')

notices = st.builds(
    lambda front, title, parts, word: (
        front + f"# {title}\n\nInledning {word} och SIP.\n\n"
        f"{''.join(SECTIONS[one].format(word) + chr(10) for one in parts)}"
    ).encode(),
    st.sampled_from(FRONT),
    st.sampled_from(("Titel", "Titel med SIP", "*En* annan")),
    st.lists(st.integers(0, len(SECTIONS) - 1), max_size=4),
    st.sampled_from(("a", "b", "c")),
)
Edit = tuple[str, bytes | None]
"""A path inside the site's folder and what it holds then; None where it is removed."""


def _edits(
    paths: Iterable[str], contents: st.SearchStrategy[bytes | None]
) -> st.SearchStrategy[Edit]:
    return st.tuples(st.sampled_from(list(paths)), contents)


def _texts(*texts: str) -> st.SearchStrategy[bytes | None]:
    return st.sampled_from([None, *(text.encode() for text in texts), *NO_TOML])


EDITS: st.SearchStrategy[Edit] = st.one_of(
    _edits((f"content/{lang}/{name}.md" for lang in LANGUAGES for name in NAMES), notices),
    _edits((f"content/{lang}/{name}.md" for lang in LANGUAGES for name in NAMES), notices),
    _edits(
        (f"content/{lang}/{name}.md" for lang in LANGUAGES for name in NAMES[1:]),
        st.sampled_from([None, b"", *UNREADABLE]),
    ),
    _edits(
        (f"content/{lang}/glossary.toml" for lang in LANGUAGES),
        _texts(WORDS.format("Ett protokoll."), WORDS.format("Ett annat, om register."), "x = 1\n"),
    ),
    _edits((f"content/{lang}/words.txt" for lang in LANGUAGES), _texts("buyer\n", "sex/ord\n")),
    _edits(
        (f"content/{lang}/words.txt" for lang in LANGUAGES),
        st.sampled_from([None, b"", b"ord\n", b"ord/mall\n", b"# x\ntv\xc3\xa5 ord\n", b"\xff"]),
    ),
    _edits(
        (f"content/{lang}/glossary.toml" for lang in LANGUAGES),
        _texts(
            AVOIDED.format("Ett protokoll."), AVOIDED.format("TODO").replace("landsting", "ord")
        ),
    ),
    _edits(
        (f"content/{lang}/words.txt" for lang in LANGUAGES),
        st.sampled_from([None, b"xqzz\n", b"# none\nyqzz/xqzz\n", b"two words\n", b"\xff\xfe"]),
    ),
    _edits(
        (f"dictionaries/{name}.dic" for name in ("sv_SE", "en_GB", "en_US", "ar")),
        st.sampled_from([None, b"1\nord\n", b"2\nxqzz\nsom\n", b"no dictionary"]),
    ),
    _edits(["limits"], st.sampled_from([None, b"5 5 3", b"1 60 25"])),
    _edits(
        (f"content/{lang}/reviewed.toml" for lang in LANGUAGES[1:]),
        _texts("reviewed = []\n", "# all\n"),
    ),
    _edits(
        (f"content/{lang}/language.toml" for lang in LANGUAGES[1:]),
        _texts(
            "draft = true\n",
            'name = "Språk"\n',
            'direction = "rtl"\n',
            "dictionary = false\n",
            'dictionary = "sv_SE"\n',
        ),
    ),
    _edits(
        ["content/organisation.toml"],
        _texts(FACTS, f'{FACTS}telephone = "+46 1 23"\n', 'telephone = "+46 1 23"\n'),
    ),
    _edits(
        ["content/brand.toml"],
        _texts('name = "Märke"\n', '[light]\naccent = "#123456"\nink = "#111"\n'),
    ),
    _edits(
        ["content/aliases.toml"],
        _texts('[addresses]\n"/sv/old/" = "/sv/user/"\n', '[anchors]\n"user#old" = "one"\n'),
    ),
    _edits(
        ["content/waivers.toml"],
        _texts(
            '[[waiver]]\ncode = "number-differs"\nlanguage = "en"\nsection = "user#two"\n'
            'translation = "30"\nreason = "x"\nuntil = 2027-01-01\n'
        ),
    ),
    _edits(["content/files/plan.pdf"], st.sampled_from([None, b"%PDF-1", b"%PDF-2"])),
    _edits(["content/fi/user.md", "content/stray.txt"], st.sampled_from([None, b"# Titel\n"])),
    _edits(
        ["theme/static/css/base.css"], st.sampled_from([b"p { color: red }", b"p { margin: 0 }"])
    ),
    _edits(
        ["theme/templates/404.html"],
        st.sampled_from([b"{{ page.address }}", b"{{ _('Contents') }} {{ brand }}"]),
    ),
    _edits(
        ["translations/sv/LC_MESSAGES/messages.po"],
        st.sampled_from(
            [
                b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                b'msgid "Contents"\nmsgstr "%s"\n' % word
                for word in (b"Ett", b"Annat")
            ]
            + [b"\xff\xfe"]
        ),
    ),
)


def is_broken(file: Path) -> bool:
    """Tell whether an edit of these tests has made a file that cannot be read."""
    raw = file.read_bytes()
    return raw in (UNREADABLE if file.suffix == ".md" else NO_TOML)


class Story:
    """A site that is edited, and the same one as it last could be read."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder, self.mirror = folder / "site", folder / "mirror"
        self.builder = Builder()
        for name in ("theme", "translations"):
            shutil.copytree(site_settings.ROOT / name, self.folder / name)
        self.edit("content/organisation.toml", FACTS.encode())
        for name in ("sv_SE", "en_GB", "en_US", "ar"):
            self.edit(f"dictionaries/{name}.aff", b"SET UTF-8\n")
        for lang in LANGUAGES:
            for name in NAMES[:3]:
                text = f"# {name} {lang}\n\n{SECTIONS[0].format(lang)}\n{SECTIONS[1].format(lang)}"
                self.edit(f"content/{lang}/{name}.md", text.encode())
        read = self.load(self.settings())
        for lang in ("en", "ar"):
            marking.mark(read, self.settings(), lang, (), date(2026, 3, 1))

    def settings(self, folder: Path | None = None) -> Settings:
        """Give the settings of the site, or of its mirror."""
        folder = folder or self.folder
        limits = self.folder / "limits"
        readability = (
            Readability(*map(float, limits.read_text().split()))
            if limits.exists()
            else Readability(None, None, None)
        )
        made = site_settings.for_site(
            site_settings.from_file(),
            content=folder / "content",
            source_language="sv",
            address="http://127.0.0.1:8000",
        )
        return replace(
            made,
            shown_content="content",
            readability=readability,
            theme=folder / "theme",
            translations=folder / "translations",
        )

    @staticmethod
    def load(settings: Settings) -> Catalog:
        """Read the content, without any memory."""
        return catalog.load(settings.content, settings.shown_content, settings.source_language)

    def edit(self, path: str, content: bytes | None) -> None:
        """Write a file, or remove it."""
        file = self.folder / path
        if content is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def edition(self) -> Edition:
        """Read the site as the preview does."""
        return self.builder.edition(self.settings())

    def findings(self) -> tuple[Finding, ...]:
        """Check the site as every other command does."""
        made = self.settings()
        return tuple(checks.run(self.load(made), made))

    def full_build(self) -> dict[str, bytes]:
        """Render all of what can be read, a broken file as it last could be."""
        good = {}
        for file in self.mirror.rglob("*"):
            if file.is_file() and not is_broken(file):
                good[file.relative_to(self.mirror)] = file.read_bytes()
        shutil.rmtree(self.mirror, ignore_errors=True)
        shutil.copytree(self.folder, self.mirror)
        for path, raw in good.items():
            file = self.mirror / path
            if file.is_file() and is_broken(file):
                file.write_bytes(raw)
        made = self.settings(self.mirror)
        files = dict(Renderer(self.load(made), made).files())
        del files[filenames.HEADERS]
        return files


def all_files(edition: Edition) -> dict[str, bytes | None]:
    """Ask for everything."""
    return {path: edition.file(path) for path in edition.files()}


@trying(
    max_examples=STORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=st.lists(st.lists(EDITS, min_size=1, max_size=3), max_size=6))
def test_random_edits(tmp_path: Path, story: list[list[Edit]]) -> None:
    """After each edit, pages are those of a full build, and findings those of a fresh check."""
    told = Story(tmp_path / "story")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DICPATH", str(told.folder / "dictionaries"))
        for edits in [[], *story]:
            for path, content in edits:
                told.edit(path, content)
            edition = told.edition()
            assert edition.findings == told.findings()
            assert all_files(edition) == told.full_build()


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """Give a site to edit."""
    return Story(tmp_path)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count what templates really write: the page of each."""
    found: list[str] = []
    render = jinja2.Template.render

    def counted(template: jinja2.Template, **variables: object) -> str:
        found.append(str(getattr(variables.get("page"), "address", template.name)))
        return render(template, **variables)

    monkeypatch.setattr(jinja2.Template, "render", counted)
    return found


def _changed(edit: Callable[[], None], story: Story) -> set[str]:
    """Give the files that an edit changes, as the preview has them."""
    before = all_files(story.edition())
    edit()
    after = all_files(story.edition())
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_what_a_change_does_not_touch_is_not_rendered(story: Story, rendered: list[str]) -> None:
    """The words of one section are on its page, in its plain text and in two comparisons."""
    all_files(story.edition())
    everything = len(rendered)
    rendered.clear()
    all_files(story.edition())
    assert not rendered

    section = story.folder / "content" / "sv" / "user.md"
    text = section.read_text(encoding="utf-8")
    changed = _changed(lambda: story.edit("content/sv/user.md", f"{text}\nTill.\n".encode()), story)
    assert changed == {
        "sv/user/index.html",
        "sv/user.txt",
        "compare/sv-en/user/index.html",
        "compare/sv-ar/user/index.html",
        "en/user/index.html",  # says that its source has changed
        "ar/user/index.html",
        "en/user.txt",
        "ar/user.txt",
    }
    assert len(rendered) == len(changed) < everything


def test_what_another_notice_says_is_not_overlooked(story: Story) -> None:
    """A summary is judged by the section that it links to, in whatever file that is."""
    short = "# Titel\n\n## Kort {#in-short}\n\n- Vi spar i [30 dagar](buyer.md#two).\n"
    story.edit("content/sv/user.md", f"{short}\n{SECTIONS[0].format('x')}".encode())
    told = []
    for days in (30, 40, 40, 30):
        buyer = f"# Titel\n\n## Två {{#two}}\n\nSpar i {days} dagar.\n"
        story.edit("content/sv/buyer.md", buyer.encode())
        edition = story.edition()
        assert edition.findings == story.findings()
        told.append("summary-exceeds" in {one.code for one in edition.findings})
    assert told == [False, True, True, False]


def test_a_page_that_nobody_looks_at_is_not_rendered(story: Story, rendered: list[str]) -> None:
    """One page is asked for, and one is made."""
    edition = story.edition()
    assert edition.subject("sv/user/index.html") == Subject("user", "sv")
    assert edition.subject("index.html") is None
    assert edition.file("nowhere.html") is None
    assert not rendered
    assert b"<h1" in (edition.file("sv/user/index.html") or b"")
    edition.file("sv/user/index.html")
    assert rendered == ["sv/user/"]


def test_a_style_a_template_or_a_word_changes_all_pages(story: Story) -> None:
    """What all templates share is on all pages."""
    style = story.folder / "theme" / "static" / "css" / "base.css"
    css = style.read_bytes() + b"\np { color: red }"
    pages = {path for path in story.edition().files() if path.endswith(".html")}
    assert _changed(lambda: story.edit("theme/static/css/base.css", css), story) == pages


def test_a_broken_file_leaves_its_last_good_text(story: Story) -> None:
    """Its findings are those of now; a file that was never good, or is removed, is not there."""
    good = story.edition()
    page = good.file("en/user/index.html")
    for raw in UNREADABLE:
        story.edit("content/en/user.md", raw)
        for _ in range(2):
            broken = story.edition()
            assert broken.stale == {"content/en/user.md"}
            assert broken.file("en/user/index.html") == page
            assert {one.code for one in broken.findings if one.path == "content/en/user.md"} & {
                "file-unreadable",
                "merge-unfinished",
                "control-character",
            }
    story.edit("content/en/user.md", None)
    gone = story.edition()
    assert not gone.stale
    assert gone.file("en/user/index.html") != page
    story.edit("content/en/user.md", b"\xff")
    assert not story.edition().stale


def test_a_broken_toml_file_leaves_its_last_good_value(story: Story) -> None:
    """The facts of a file that is no TOML any more are still on the pages."""
    page = story.edition().file("sv/user/index.html")
    assert page and b"a@example.org" in page
    story.edit("content/organisation.toml", b'name = "')
    broken = story.edition()
    assert broken.stale == {"content/organisation.toml"}
    assert broken.file("sv/user/index.html") == page
    story.edit("content/organisation.toml", FACTS.replace("a@", "b@").encode())
    mended = story.edition()
    assert not mended.stale
    assert b"b@example.org" in (mended.file("sv/user/index.html") or b"")


def test_a_broken_template_leaves_the_last_page(story: Story) -> None:
    """A page that was never made says what is wrong; one that was is shown, with the fault."""
    page = story.edition().file("sv/user/index.html")
    template = story.folder / "theme" / "templates" / "notice.html"
    whole = template.read_bytes()
    template.write_text("{{ broken", encoding="utf-8")
    broken = story.edition()
    assert broken.file("sv/user/index.html") == page
    assert "notice.html, line 1," in broken.fault("sv/user/index.html")
    assert not broken.fault("index.html")
    with pytest.raises(ThemeError, match=r"notice\.html"):
        broken.file("en/user/index.html")
    template.write_bytes(whole)
    mended = story.edition()
    assert mended.file("sv/user/index.html") == page
    assert not mended.fault("sv/user/index.html")


def test_nothing_is_found_out_twice(story: Story) -> None:
    """A second reading of the same files asks for what the first one found, and for nothing else.

    The site has a draft, and glossaries in which every check looks something up.
    """
    for lang in LANGUAGES:
        story.edit(f"content/{lang}/glossary.toml", WORDS.format("Ett protokoll.").encode())
        story.edit(f"content/{lang}/request.md", f"{FRONT[-1]}# T\n\nSIP.\n".encode())
    story.edition()
    known = set(story.builder._memory._kept)
    assert known
    story.edition()
    assert story.builder._memory._kept == known
    story.edit("content/en/glossary.toml", WORDS.format("Another.").encode())
    story.edition()
    assert story.builder._memory._kept != known


def test_old_editions_are_forgotten(story: Story) -> None:
    """After forty edits there is one edition, and of the memory no more than at the start."""
    notice = story.folder / "content" / "en" / "user.md"
    text = notice.read_text(encoding="utf-8")
    renderers: weakref.WeakSet[Renderer] = weakref.WeakSet()
    sizes = []
    for number in range(40):
        notice.write_text(f"{text}\n{number}\n", encoding="utf-8")
        edition = story.edition()
        edition.file("en/user/index.html")
        renderers.add(edition.renderer)
        sizes.append(len(story.builder._memory))
    gc.collect()
    assert len(renderers) <= 2
    assert max(sizes) == min(sizes)
