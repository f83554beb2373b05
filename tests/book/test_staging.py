"""Executed notebooks become a book project that tells nothing about the run."""

import base64
import json
import re
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_markdown_cell, new_output

from spm.book import chapter_files, extension, render, stage
from spm.book.outputs import clean, markdown
from spm.book.project import OPTIONAL
from spm.config.publictables import Ziele
from spm.config.synthesis import Synthese
from spm.errors import SpmError
from spm.presentation.pages.companions import PHONE
from tests.book_example import (
    NASTY,
    PIXEL,
    chapter,
    chapters,
    executed,
    params,
    shown,
    staged,
    write_executed,
)

ROOT = Path(__file__).parents[2]


def _cleaned(tmp_path: Path, *outputs, source: str = "x") -> str:
    notebook = chapter("# Titel", executed(*outputs, source=source))
    return markdown(clean(notebook, "03-sgb2", tmp_path / "figures"))


def test_traces_of_the_run_are_gone(tmp_path: Path) -> None:
    book = staged(tmp_path)
    for path in book.glob("*.ipynb"):
        text = path.read_text("utf-8")
        assert "2031" not in text and "papermill" not in text
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert all(cell.execution_count is None for cell in code)
        assert {mime for cell in code for o in cell.outputs for mime in o.data} <= {"text/markdown"}
        assert [cell.metadata.get("tags") for cell in code[:2]] == [
            ["parameters", "remove-cell"],
            ["injected-parameters", "remove-cell"],
        ]


def test_project_file_is_filled_in(tmp_path: Path) -> None:
    book = staged(tmp_path)
    config = yaml.safe_load((book / "_quarto.yml").read_text("utf-8"))
    assert config["lang"] == "de" and config["execute"]["enabled"] is False
    assert config["book"]["title"] == "Soziale Lebenslagen von Kindern und Jugendlichen"
    assert config["book"]["date"] == "2024-09-30"
    assert config["book"]["output-file"] == "pilotkommune"
    assert (book / "figures" / "sgb2.svg").is_file()


def test_texts_in_the_project_file_are_quoted(tmp_path: Path) -> None:
    from spm.book.project import read_project

    texts = {"titel": NASTY, "herausgeber": "no: #1 {x}", "hinweis": "1. Hinweis"}
    project = read_project(staged(tmp_path, kommune=NASTY, **texts))
    assert (project.title, project.municipality) == (NASTY, NASTY)
    assert (project.publisher, project.note) == ("no: #1 {x}", "1. Hinweis")
    assert project.date_in_words == "30. September 2024"


def test_chapters_that_a_municipality_does_without_are_left_out() -> None:
    def listed(**settings: object) -> tuple[str, ...]:
        wanted = params()
        vars(wanted).update(settings)
        return chapter_files(ROOT / "_quarto.yml", wanted)

    assert set(listed()) & OPTIONAL.keys() == {"gesamtbild.ipynb"}
    every = listed(ziele=Ziele(datei="ziele.csv"), zusatzkapitel=["wohnen"])
    assert every.index("08-wohnen.ipynb") < every.index("ziele.ipynb")
    assert every.index("ziele.ipynb") + 1 == every.index("profile.ipynb")
    assert not set(listed(synthese=Synthese(gesamtbild=False))) & OPTIONAL.keys()


def test_every_asset_of_the_project_file_is_staged(tmp_path: Path) -> None:
    listed = chapter_files(ROOT / "_quarto.yml", params())
    notebooks = {name: chapter(f"# {name} {{.unnumbered}}") for name in listed}
    run = write_executed(tmp_path / "run", notebooks)
    book = tmp_path / "book"
    stage(run, params(), ROOT / "_quarto.yml", book)
    render(book, tmp_path / "out", ("html",), "embedded", "x")
    config = yaml.safe_load((book / "_quarto.yml").read_text("utf-8"))
    assert config["project"]["resources"][1:] == [f"figures/*{PHONE}.svg"]
    for path in (config["project"]["resources"][0], config["format"]["spm-typst"]["font-paths"]):
        assert any((book / path).iterdir())
    own = yaml.safe_load((book / extension.FOLDER / "_extension.yml").read_text("utf-8"))
    for parts in own["contributes"]["formats"].values():
        for name in (parts["template"], *(f["path"] for f in parts["filters"])):
            assert (book / extension.FOLDER / name).is_file()


def test_footnotes_are_named_after_their_chapter(tmp_path: Path) -> None:
    text = "Ein Satz[^1] und `[^1]` als Code.\n\n```\n[^1]\n```\n\n[^1]: Fußnote."
    book = staged(tmp_path, {"a.ipynb": chapter("# A", text)})
    source = nbformat.read(book / "a.ipynb", 4).cells[-1].source
    assert source == text.replace("Satz[^1]", "Satz[^a-1]").replace("[^1]: F", "[^a-1]: F")


def test_missing_chapter_is_named(tmp_path: Path) -> None:
    book = staged(tmp_path)
    executed_ = sorted((tmp_path / "run").glob("*.ipynb"))[1:]
    with pytest.raises(SpmError, match=r"01-bevoelkerung\.ipynb fehlt"):
        stage(executed_, params(), tmp_path / "_quarto.yml", book)


def test_other_folders_are_never_replaced(tmp_path: Path) -> None:
    staged(tmp_path)
    (tmp_path / "fremd").mkdir()
    (tmp_path / "fremd" / "wichtig.txt").touch()
    run = sorted((tmp_path / "run").glob("*.ipynb"))
    with pytest.raises(SpmError, match="etwas anderes"):
        stage(run, params(), tmp_path / "_quarto.yml", tmp_path / "fremd")
    assert (tmp_path / "fremd" / "wichtig.txt").exists()


def test_error_output_stops_the_report(tmp_path: Path) -> None:
    with pytest.raises(SpmError, match="KeyError: 'x'") as caught:
        _cleaned(tmp_path, new_output("error", ename="KeyError", evalue="'x'", traceback=[]))
    assert caught.value.wo == "03-sgb2.ipynb, Zelle 4"


def test_printed_text_is_a_code_block_and_warnings_stay_in_jupyter(tmp_path: Path) -> None:
    out = new_output("stream", name="stdout", text="a ``` b\n")
    err = new_output("stream", name="stderr", text="/opt/x/lib.py:1: FutureWarning\n")
    assert _cleaned(tmp_path, out, err) == "# Titel\n\n````\na ``` b\n````\n"


def test_plot_becomes_a_file_with_alt_text(tmp_path: Path) -> None:
    svg = "<svg><metadata><dc:date>2031-01-01</dc:date></metadata></svg>"
    text = _cleaned(
        tmp_path,
        new_output("execute_result", {"text/plain": "<Axes: >"}),
        new_output("display_data", {"image/svg+xml": svg, "text/plain": "<Figure>"}),
        new_output("display_data", {"image/png": base64.b64encode(PIXEL).decode()}),
        source='#| fig-alt: "Ein \\"Bild\\""\nplt.show()',
    )
    name = "figures/03-sgb2-zelle04"
    assert f"![]({name}-2.svg)" in text and f"![]({name}-3.png)" in text
    assert "Axes" not in text and 'fig-alt="Ein' in text
    assert (tmp_path / f"{name}-2.svg").read_text("utf-8") == "<svg><metadata></metadata></svg>"
    assert (tmp_path / f"{name}-3.png").read_bytes() == PIXEL


def test_plot_with_label_becomes_a_numbered_figure(tmp_path: Path) -> None:
    png = new_output("display_data", {"image/png": base64.b64encode(PIXEL).decode()})
    source = "#| label: fig-eigen\n#| fig-cap: Eigenes Bild.\n#| fig-alt: Ein Kreis\nplt.show()"
    text = _cleaned(tmp_path, png, source=source)
    assert "::: {#fig-eigen}\n![](" in text and "\n\nEigenes Bild.\n:::" in text
    assert 'fig-alt="Ein Kreis"' in text


def test_words_over_several_lines(tmp_path: Path) -> None:
    png = new_output("display_data", {"image/png": base64.b64encode(PIXEL).decode()})
    text = _cleaned(tmp_path, png, source="#| fig-alt: |\n#|   Ein Kreis,\n#|   rot.\nplt.show()")
    assert 'fig-alt="Ein Kreis, rot."' in text


def test_options_that_are_no_yaml_say_so(tmp_path: Path) -> None:
    with pytest.raises(SpmError, match="Zeilen mit #") as caught:
        _cleaned(tmp_path, source="#| fig-alt: Quote: hoch\nplt.show()")
    assert caught.value.wo == "03-sgb2.ipynb, Zelle 4"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"image/jpeg": "AAAA", "text/plain": "<Figure size 1x1>"}, "image/jpeg"),
        ({"application/vnd.plotly.v1+json": "{}", "text/html": "<div></div>"}, "plotly"),
        (
            {"text/html": "<img>", "text/plain": "<IPython.core.display.HTML object>"},
            "gibt es nur als HTML",
        ),
    ],
)
def test_no_output_vanishes(tmp_path: Path, data: dict[str, str], complaint: str) -> None:
    with pytest.raises(SpmError, match=complaint) as caught:
        _cleaned(tmp_path, new_output("display_data", data))
    assert caught.value.wo == "03-sgb2.ipynb, Zelle 4"


@pytest.mark.parametrize("option", ["", "#| fig-alt:\n", '#| fig-alt: " "\n'])
def test_plot_without_words_stops_the_report(tmp_path: Path, option: str) -> None:
    png = new_output("display_data", {"image/png": base64.b64encode(PIXEL).decode()})
    with pytest.raises(SpmError, match="keine Beschreibung") as caught:
        _cleaned(tmp_path, png, source=f"{option}plt.show()")
    assert caught.value.wo == "03-sgb2.ipynb, Zelle 4"
    assert "#| fig-alt:" in caught.value.tun
    assert not (tmp_path / "figures").exists()


def test_data_frame_becomes_a_pipe_table(tmp_path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame({"Raum": ["A|B", "@fig-x <b>"], "Wert": ["1,5", "–"]})
    html = frame.to_html(index=False)
    text = _cleaned(tmp_path, new_output("execute_result", {"text/html": html, "text/plain": "x"}))
    assert "A\\|B" in text and "\\@fig-x \\<b\\>" in text
    assert re.search(r"^\|:-+\|-+:\|$", text, re.MULTILINE)  # the numbers stand right


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    import pandas as pd

    index = pd.MultiIndex.from_product([["a"], ["x", "y"]])
    html = pd.DataFrame([[1, 2], [3, 4]], columns=index).to_html()
    with pytest.raises(SpmError, match="verbundene Zellen"):
        _cleaned(tmp_path, new_output("execute_result", {"text/html": html}))


def test_html_without_other_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpmError, match="nur als HTML"):
        _cleaned(tmp_path, new_output("display_data", {"text/html": "<b>x</b>"}))


def test_objects_with_an_address_are_left_out(tmp_path: Path) -> None:
    plain = {"text/plain": "<x.Y object at 0x7f00aa>"}
    assert _cleaned(tmp_path, new_output("execute_result", plain)) == "# Titel\n"


def _pasted(tmp_path: Path, source: str) -> str:
    cell = new_markdown_cell(source)
    cell["attachments"] = {"image.png": {"image/png": base64.b64encode(PIXEL).decode()}}
    notebook = clean(chapter("# Titel", cell), "03-sgb2", tmp_path / "figures")
    assert "attachments" not in json.dumps(notebook)
    return markdown(notebook)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("![Ein Hof](attachment:image.png)", '![Ein Hof](X){fig-alt="Ein Hof"}'),
        ('![](attachment:image.png){fig-alt="Ein Hof"}', '![](X){fig-alt="Ein Hof"}'),
        ('![image.png](attachment:image.png){alt="Ein Hof"}', '![](X){alt="Ein Hof"}'),
    ],
)
def test_pasted_picture_becomes_a_file(tmp_path: Path, source: str, text: str) -> None:
    name = "figures/03-sgb2-zelle04-image.png"
    assert text.replace("X", name) in _pasted(tmp_path, source)
    assert (tmp_path / name).read_bytes() == PIXEL


@pytest.mark.parametrize("alt", ["", "image.png"])
def test_pasted_picture_without_words_stops_the_report(tmp_path: Path, alt: str) -> None:
    with pytest.raises(SpmError, match="keine Beschreibung") as caught:
        _pasted(tmp_path, f"![{alt}](attachment:image.png)")
    assert caught.value.wo == "03-sgb2.ipynb, Zelle 4"
    assert "](attachment:image.png)" in caught.value.tun


def test_same_run_same_bytes(tmp_path: Path) -> None:
    books = [staged(tmp_path / name) for name in ("a", "b")]
    files = [
        {p.relative_to(b): p.read_bytes() for p in sorted(b.rglob("*")) if p.is_file()}
        for b in books
    ]
    assert files[0] == files[1]


def test_different_pictures_of_one_name_are_refused(tmp_path: Path) -> None:
    staged(tmp_path)
    other = tmp_path / "zweiter"
    paths = write_executed(other, {"methoden.ipynb": chapters()["methoden.ipynb"]})
    (other / "figures" / "bev.svg").write_text("<svg/>", "utf-8")
    run = [p for p in sorted((tmp_path / "run").glob("*.ipynb")) if p.name != "methoden.ipynb"]
    with pytest.raises(SpmError, match=r"bev\.svg"):
        stage([*run, *paths], params(), tmp_path / "_quarto.yml", tmp_path / "book")


def test_only_markdown_of_a_rich_output_is_kept() -> None:
    notebook = clean(chapter("# Titel", shown("Text")), "x", Path("nirgends"))
    assert notebook.cells[-1].outputs[0].data == {"text/markdown": "Text"}
