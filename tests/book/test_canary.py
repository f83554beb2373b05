"""What could be live in a browser stays dead: names as text, own texts refused or harmless."""

import pytest

from spm.book import render
from spm.errors import SpmError
from spm.owntexts.markdown import check_markdown
from spm.text.escape import escape_markdown
from tests.book_example import chapter, figure, staged, table

CALL = "window.canary=1"
SERVER = "http://127.0.0.1:9/canary"

FORMS = [
    f"[a](javascript:{CALL})",
    f"[a](JaVaScRiPt:{CALL})",
    f"[a](\x01javascript:{CALL})",
    f"[a](<java\tscript:{CALL}>)",
    f"[a](java&#10;script:{CALL})",
    f"[a](&#106;avascript&colon;{CALL})",
    f"[a](<\u200bjavascript:{CALL}>)",
    f"[a](<\u00a0javascript:{CALL}>)",
    f"[a](vbscript:{CALL})",
    f"[a](data:text/html,<script>{CALL}</script>)",
    f"[a][r]\n\n[r]: javascript:{CALL}",
    f"<javascript:{CALL}>",
    f"![a](javascript:{CALL})",
    f"![a]({SERVER}.png)",
    f'[a](https://example.org/"onmouseover="{CALL})',
    f"[a]{{onmouseover={CALL}}}",
    f'[a]{{style="background:url({SERVER})"}}',
    f"<img src=x onerror={CALL}>",
    f"<svg onload={CALL}></svg>",
    f"<script>{CALL}</script>",
    f"`<script>{CALL}</script>`{{=html}}",
    f"```{{=html}}\n<script>{CALL}</script>\n```",
    f"$\\href{{javascript:{CALL}}}{{x}}$",
    f"a\u202e{CALL}",
    f"[^1]\n\n[^1]: [a](javascript:{CALL})",
]


def accepted(text, tmp_path):
    try:
        return check_markdown(text, tmp_path / "text.md")
    except SpmError:
        return ""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A report whose names are all of these, and whose texts are those that nobody refuses."""
    folder = tmp_path_factory.mktemp("kanarienvogel")
    texts = [text for form in FORMS if (text := accepted(form, folder))]
    names = [escape_markdown(form) for form in FORMS if "\x01" not in form and "\u202e" not in form]
    names = [name for name in names if "\u200b" not in name]
    rows = [("Raum", "Wert"), *((name, "1") for name in names)]
    sections = [f"## {name}\n\nIn {name} liegt «{name}»." for name in names]
    notebooks = {
        "index.ipynb": chapter("# Start {#sec-start}", *(t for t in texts if "$" not in t)),
        "01-namen.ipynb": chapter(
            f"# {names[0]} {{#sec-namen}}",
            *sections,
            figure("fig-a", "bev", f"Quote in {names[1]}.", f"Karte von {FORMS[-4]}"),
            table("tbl-a", f"Quote in {names[2]}.", rows),
        ),
    }
    book = staged(folder, notebooks, kommune=FORMS[0], herausgeber=FORMS[19], kontakt=FORMS[13])
    render(book, folder / "out", renderer="embedded", slug="muster")
    return (folder / "out/html").as_uri()


@pytest.mark.parametrize("name", ["index.html", "01-namen.html"])
@pytest.mark.slow
def test_nothing_runs_and_nobody_is_asked(browser, address, name):
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{name}")
    page.wait_for_load_state("load")
    for event in ("mouseover", "focus", "click"):
        page.evaluate(
            """event => document.querySelectorAll('main *').forEach(e => {
                 if (event == 'click' && /^(https?|mailto|file):/.test(e.protocol)) return;
                 e.dispatchEvent(new MouseEvent(event, {bubbles: true, cancelable: true}));
               })""",
            event,
        )
    page.wait_for_timeout(100)
    assert page.evaluate("window.canary === undefined"), "a text has run"
    schemes = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.protocol)")
    assert set(schemes) <= {"file:", "https:", "http:", "mailto:"}, schemes
    assert all(url.startswith(("file:", "data:")) for url in asked), asked
    page.close()


def test_hardly_any_of_them_is_taken_as_an_own_text(tmp_path):
    """A link to a page is one, whatever its address holds; a formula is text."""
    taken = [form for form in FORMS if accepted(form, tmp_path)]
    assert [form[:24] for form in taken] == [
        "[a](https://example.org/",
        "$\\href{javascript:window",
    ]
