"""The documentation: its links lead somewhere, and no page is lost."""

import importlib
import re

import pytest

from tests.conftest import ROOT

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS]


def links(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [m for m in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in m]


def anchors(page):
    """Headings as GitHub names them: small letters, no punctuation, hyphens for blanks."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_a_file_and_its_heading(page):
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_found_from_the_list_of_pages():
    index = ROOT / "docs/README.md"
    listed = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
    assert set(DOCS) - {index} == {page for page in listed if page.suffix == ".md"}


@pytest.fixture(scope="module")
def reference():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("reference")


@pytest.mark.slow
def test_generated_pages_are_current(reference):
    for name, text in reference.pages().items():
        written = (ROOT / "docs/reference" / name).read_text(encoding="utf-8")
        assert written == text, f"{name}: python scripts/reference.py"


def test_errors_are_read_from_every_form_of_raising_them(tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        errorcalls = importlib.import_module("errorcalls")
    (tmp_path / "a.py").write_text(
        """
def plain(name, known):
    raise SpmError(f"«{name}» fehlt.{nearest(name, known)}", tun="Bitte nennen.")

def by_name(few):
    was = "Zu viel." if not few else "Zu wenig."
    raise SpmError(was)

def refused(was, path):
    return SpmError(was, wo=path, tun="Bitte prüfen.")

def handed(path):
    raise refused(f"{path.name} ist leer.", path)

def checked(source, cell):
    source.finding(f"«{cell}» ist keine Zahl.", "Bitte eine Zahl eintragen.", spalte="x")

def passed_on(error):
    raise SpmError(error.was, tun=error.tun)
""",
        encoding="utf-8",
    )
    assert errorcalls.by_module(tmp_path) == {
        "spm.a": [
            ["«⟨name⟩» fehlt.", "Bitte nennen."],
            ["Zu viel.", ""],
            ["Zu wenig.", ""],
            ["⟨name⟩ ist leer.", "Bitte prüfen."],
            ["«⟨cell⟩» ist keine Zahl.", "Bitte eine Zahl eintragen."],
        ]
    }
