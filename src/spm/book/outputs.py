"""Executed notebooks as they are published: no traces of the run, every output as Markdown."""

from __future__ import annotations

import base64
import itertools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from spm.book import pandoc
from spm.book.project import ASSETS
from spm.errors import SpmError
from spm.text.escape import escape_attribute, escape_markdown
from spm.text.visible import hidden

if TYPE_CHECKING:
    from spm.notebookformat import NotebookNode

FIGURES = "figures"
HIDDEN_TAGS = frozenset({"parameters", "injected-parameters"})
REMOVE = "remove-cell"
_ATTACHMENT = re.compile(r"!\[([^\]]*)\]\(attachment:([^)\s]+)\)(\{[^}]*\})?")
_OBJECT = re.compile(r"\bat 0x[0-9a-fA-F]+>|^<[\w.]+ object>$|^<Figure\b")
"""Text forms that say nothing but what kind of thing there is."""

_CODE = re.compile(r"(^```.*?^```[^\n]*$|`[^`\n]*`)", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\]\s\[]+)\]")

_IMAGES = {"image/svg+xml": "svg", "image/png": "png"}


def clean(notebook: NotebookNode, stem: str, figures: Path) -> NotebookNode:
    """Reduce an executed notebook to what is published, in place.

    Metadata, execution counts and raw cells go; the parameter cells are hidden; every output
    becomes ``text/markdown``. What a cell writes to standard error (warnings with the machine's
    paths) is for the author in Jupyter and is left out, as is the text form of a plot.

    Parameters
    ----------
    notebook : the executed notebook.
    stem : its file name without suffix, for error messages and names of picture files.
    figures : folder that takes pictures held in outputs and attachments.

    Raises
    ------
    SpmError
        An output that is an error, or that cannot be shown in a report; a picture without words; a
        character that nobody sees.
    """
    from spm.notebookformat import NotebookNode

    notebook.metadata = NotebookNode(
        kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"},
        language_info={"name": "python"},
    )
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "raw"]
    for number, cell in enumerate(notebook.cells, start=1):
        name = f"{stem}-zelle{number:02d}"
        where = f"{stem}.ipynb, Zelle {number}"
        if cell.cell_type == "code":
            _clean_code(cell, name, where, figures)
            for output in cell.outputs:
                _check_seen(output.data["text/markdown"], where)
                output.data["text/markdown"] = _own_notes(output.data["text/markdown"], stem)
        else:
            cell.source = _own_notes(_detach(cell, name, where, figures), stem)
            _check_seen(cell.source, where)
        # papermill gives its own cell, and nbformat cells of old notebooks, a random id.
        cell.id = f"zelle{number:02d}"
        tags = set(cell.metadata.get("tags", []))
        if tags & HIDDEN_TAGS:
            tags.add(REMOVE)
        cell.metadata = NotebookNode(tags=sorted(tags)) if tags else NotebookNode()
    if notebook.cells and notebook.cells[0].cell_type == "markdown":
        # Without a blank line before it, Quarto's formats for the web do not see the attributes of
        # the first heading (quarto-cli issue 8526), and count a chapter that has no number.
        notebook.cells[0].source = "\n" + notebook.cells[0].source.lstrip("\n")
    return notebook


def _check_seen(text: str, where: str) -> None:
    """Refuse what would turn a word around or hide an address (`spm.text.visible`)."""
    if code := hidden(text):
        raise SpmError(
            f"Im Text der Zelle steht ein Zeichen, das niemand sieht ({code}).",
            wo=where,
            tun="Bitte die Stelle neu eintippen; steht es in Daten, die die Zelle ausgibt, es dort "
            "entfernen.",
        )


def _own_notes(text: str, stem: str) -> str:
    """Footnotes named after their chapter: Quarto reads all chapters of a PDF as one text, where a
    second «[^1]» would be the first one's."""
    parts = _CODE.split(text)
    return "".join(
        part if i % 2 else _NOTE.sub(rf"[^{stem}-\1]", part) for i, part in enumerate(parts)
    )


def markdown(notebook: NotebookNode) -> str:
    """Return a staged notebook's visible text as one Markdown document."""
    parts = []
    for cell in notebook.cells:
        if REMOVE in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            parts.append(_text(cell.source))
        else:
            parts += [_text(output.data["text/markdown"]) for output in cell.outputs]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _clean_code(cell: NotebookNode, name: str, where: str, figures: Path) -> None:
    from spm.notebookformat import NotebookNode

    options, cell.source = _options(_text(cell.source), where)
    cell.execution_count = None
    alt = options.get("fig-alt") or cell.metadata.get("fig-alt") or ""
    texts = []
    pictured = any(set(o.get("data", {})) & set(_IMAGES) for o in cell.outputs)
    for number, output in enumerate(cell.outputs, start=1):
        if output.output_type == "error":
            raise SpmError(
                f"Die Zelle ist mit einem Fehler abgebrochen: {output.ename}: {output.evalue}",
                wo=where,
                tun="Bitte das Notebook in Jupyter öffnen, die Zelle beheben und neu bauen.",
            )
        if output.output_type == "stream":
            text = _fenced(_text(output.text)) if output.name == "stdout" else ""
        else:
            text = _markdown(output.data, f"{name}-{number}", alt, where, figures, pictured)
        if text.strip():
            texts.append(text)
    if len(texts) == 1 and options.get("label", "").startswith("fig-") and pictured:
        caption = options.get("fig-cap", "")
        texts = [f"::: {{#{options['label']}}}\n{texts[0]}\n\n{caption}\n:::"]
    cell.outputs = [
        NotebookNode(output_type="display_data", data={"text/markdown": text}, metadata={})
        for text in texts
    ]


def _options(source: str, where: str) -> tuple[dict[str, str], str]:
    """The options above a cell (``#| fig-alt: …``, YAML as in Quarto), and what is below them."""
    lines = source.split("\n")
    above = list(itertools.takewhile(lambda line: line.startswith("#|"), lines))
    try:
        found = yaml.safe_load("\n".join(line[2:] for line in above)) or {}
        given = {str(key): value for key, value in found.items() if value is not None}
        options = {key: " ".join(str(value).split()) for key, value in given.items()}
    except (yaml.YAMLError, AttributeError):
        raise SpmError(
            "Die Zeilen mit #| am Anfang der Zelle lassen sich nicht lesen.",
            wo=where,
            tun='Bitte je Zeile schreiben: #| Schlüssel: "Text", zum Beispiel #| fig-alt: "…".',
        ) from None
    return options, "\n".join(lines[len(above) :])


def _markdown(
    data: dict[str, Any], name: str, alt: str, where: str, figures: Path, pictured: bool
) -> str:
    if "text/markdown" in data:
        return _text(data["text/markdown"])
    for mime, suffix in _IMAGES.items():
        if mime in data:
            if not alt.strip():
                raise _wordless(
                    where,
                    'In die erste Zeile der Zelle schreiben: #| fig-alt: "Was das Bild zeigt".',
                )
            path = figures / f"{name}.{suffix}"
            figures.mkdir(exist_ok=True)
            path.write_bytes(_image_bytes(mime, data[mime]))
            return f'![]({FIGURES}/{path.name}){{fig-alt="{escape_attribute(alt)}"}}'
    if "<table" in _text(data.get("text/html", "")):
        return _pipe_table(_text(data["text/html"]), where)
    if foreign := sorted(m for m in data if m.startswith(("image/", "application/"))):
        raise SpmError(
            f"Die Ausgabe der Zelle ({foreign[0]}) lässt sich nicht in den Bericht übernehmen.",
            wo=where,
            tun="Bitte ein Bild als PNG oder SVG ausgeben, wie es matplotlib tut, oder Text.",
        )
    plain = _text(data.get("text/plain", ""))
    if plain and not _OBJECT.search(plain):
        return "" if pictured else _fenced(plain)
    if "text/html" in data:
        raise SpmError(
            "Die Ausgabe der Zelle gibt es nur als HTML; im PDF würde sie fehlen.",
            wo=where,
            tun="Bitte das Ergebnis als Markdown, Tabelle oder Bild ausgeben.",
        )
    return ""


def _pipe_table(html: str, where: str) -> str:
    writer = "markdown-simple_tables-multiline_tables-grid_tables+pipe_tables"
    table = pandoc.run(
        ["-f", "html", "-t", writer, "--wrap=none", f"--lua-filter={ASSETS / 'dataframe.lua'}"],
        html,
        ASSETS,
    )
    if "<table" in table or "[TABLE]" in table:
        raise SpmError(
            "Die Tabelle hat verbundene Zellen und lässt sich nicht in den Bericht übernehmen.",
            wo=where,
            tun="Bitte mehrstufige Zeilen und Spalten auflösen, z. B. mit .reset_index().",
        )
    return table


def _image_bytes(mime: str, data: Any) -> bytes:
    if mime == "image/png":
        return base64.b64decode(_text(data))
    # Matplotlib notes the moment of drawing, which would make every run a different report.
    return re.sub(r"\s*<dc:date>.*?</dc:date>", "", _text(data), flags=re.DOTALL).encode()


def _detach(cell: NotebookNode, name: str, where: str, figures: Path) -> str:
    """Write pictures pasted into a text cell as files and point the text at them."""
    attachments = cell.pop("attachments", {})

    def file(match: re.Match[str]) -> str:
        alt, key = match[1], match[2]
        mime = next((m for m in _IMAGES if m in attachments.get(key, {})), None)
        if mime is None:
            return match[0]
        described = match[3] or ""
        if alt.strip() in ("", key) and "alt=" not in described:
            raise _wordless(
                where, f"Zwischen die eckigen Klammern schreiben: ![…](attachment:{key})."
            )
        figures.mkdir(exist_ok=True)
        path = figures / f"{name}-{re.sub(r'[^A-Za-z0-9._-]', '_', key)}"
        path.write_bytes(base64.b64decode(_text(attachments[key][mime])))
        if "alt=" in described:
            return f"![{'' if alt == key else alt}]({FIGURES}/{path.name}){described}"
        return (
            f'![{escape_markdown(alt)}]({FIGURES}/{path.name}){{fig-alt="{escape_attribute(alt)}"}}'
        )

    return _ATTACHMENT.sub(file, _text(cell.source))


def _wordless(where: str, how: str) -> SpmError:
    return SpmError(
        "Das Bild hat keine Beschreibung: Wer es nicht sieht, erfährt nicht, was es zeigt.",
        wo=where,
        tun=how,
    )


def _fenced(text: str) -> str:
    text = re.sub(r"\x1b\[[0-9;]*m", "", text).strip("\n")
    if not text:
        return ""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
