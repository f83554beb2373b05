"""What a notebook cell shows: Markdown for the report, a little HTML for Jupyter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape as escape_html
from typing import Any

from spm.presentation.display import bundle
from spm.text.escape import escape_attribute, escape_markdown

_OPEN, _CLOSE, _NBSP, _REFERENCE = "\ue001", "\ue002", "\ue003", "\ue004"
_TINT, _TINTED = "\ue005", re.compile("\ue005(.*?)\ue006(.*?)\ue005", re.DOTALL)


def from_data(text: object) -> str:
    """Mark a text that comes from data or params, so that `markdown` escapes it.

    Sentences are written as plain text in which only such parts are foreign; what is not marked is
    the project's own wording and is used as Markdown as it is.
    """
    unmarked = re.sub("[\ue000-\ue00f]", "", str(text))
    # No line ends with a paragraph sign.
    return _OPEN + re.sub(r"§ (?=\d)", "§\u00a0", unmarked) + _CLOSE


def markdown(text: str) -> str:
    """Pandoc Markdown of a text with marked parts."""

    def escaped(match: re.Match[str]) -> str:
        # The escaping joins words with plain blanks; no-break spaces in numbers are meant.
        part = escape_markdown(match[1].replace("\u00a0", _NBSP))
        return part.replace(_NBSP, "\u00a0")

    text = _TINTED.sub(r"[\2]{.\1}", text.replace(_REFERENCE, ""))
    return re.sub(f"{_OPEN}(.*?){_CLOSE}", escaped, text, flags=re.DOTALL)


def plain(text: str) -> str:
    """The same text without markup, on one line."""
    text = re.sub(f"{_REFERENCE}.*?{_REFERENCE}", "", text).replace("**", "")
    text = _TINTED.sub(r"\2", text)
    text = re.sub(r"^\*(.*)\*$", r"\1", text)  # emphasis of a whole cell
    return re.sub(r"[^\S\u00a0]+", " ", text.replace(_OPEN, "").replace(_CLOSE, ""))


class Block:
    """Something to show. An empty block shows nothing.

    Parameters
    ----------
    markdown : Pandoc Markdown; the only form that reaches the report.
    html : for Jupyter.
    text : for a terminal.
    """

    def __init__(self, markdown: str = "", html: str = "", text: str = "") -> None:
        self.markdown, self.html, self.text = markdown, html, text

    def __bool__(self) -> bool:
        return bool(self.markdown)

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return bundle(self.markdown, self.html, self.text)


def paragraphs(*texts: str) -> Block:
    """Sentences; empty texts are left out."""
    texts = tuple(t for t in texts if t)
    html = "".join(f"<p>{escape_html(plain(t))}</p>" for t in texts)
    source = "\n\n".join(markdown(t) for t in texts)
    return Block(source, html, "\n\n".join(plain(t) for t in texts))


def listing(opening: str, items: Sequence[str]) -> Block:
    """A sentence and the list that it opens; nothing if the list is empty.

    Parameters
    ----------
    opening, items : texts with marked parts.
    """
    if not items:
        return Block()
    source = "\n".join(f"- {markdown(item)}" for item in items)
    html = "".join(f"<li>{escape_html(plain(item))}</li>" for item in items)
    return Block(
        f"{markdown(opening)}\n\n{source}",
        f"<p>{escape_html(plain(opening))}</p><ul>{html}</ul>",
        "\n".join([plain(opening), *(f"- {plain(item)}" for item in items)]),
    )


def terms(entries: Sequence[tuple[str, str]]) -> Block:
    """A list of terms with their explanations.

    Parameters
    ----------
    entries : (term, explanation), texts with marked parts.
    """
    html = "".join(
        f"<dt>{escape_html(plain(t))}</dt><dd>{escape_html(plain(d))}</dd>" for t, d in entries
    )
    return Block(
        "\n\n".join(f"{markdown(t)}\n\n:   {markdown(d)}" for t, d in entries),
        f"<dl>{html}</dl>" if entries else "",
        "\n".join(f"{plain(t)}: {plain(d)}" for t, d in entries),
    )


def referring(text: str, figures: Sequence[str]) -> str:
    """Add references to figures to the last sentence of a text; Jupyter does not show them."""
    if not text or not figures:
        return text
    names = " und ".join(f"@fig-{name}" for name in figures)
    return f"{text.removesuffix('.')}{_REFERENCE} (siehe {names}){_REFERENCE}."


def tinted(text: str, name: str) -> str:
    """The text of a whole table cell, on the ground that both formats have for a name.

    Parameters
    ----------
    text : with marked parts; it says what the colour says, as by a sign.
    name : one of `spm.presentation.judging.NAMES`; "" leaves the cell as it is.
    """
    return f"{_TINT}{name}\ue006{text}{_TINT}" if name else text


def with_values(caption: str, table: str) -> str:
    """Add where the values of a figure stand to its caption; Jupyter does not show it.

    Parameters
    ----------
    table : key of a table in another chapter, with ``tbl-``.
    """
    return f"{caption}{_REFERENCE} [(Werte in\u00a0@{table})]{{.werte}}{_REFERENCE}"


def heading(text: str, level: int = 2, classes: str = "") -> Block:
    """A heading, with marked parts; Markdown that an analyst wrote is kept."""
    attributes = f" {{{classes}}}" if classes else ""
    html = f"<h{level}>{escape_html(plain(text))}</h{level}>"
    return Block(f"{'#' * level} {markdown(text)}{attributes}", html, plain(text))


def boxed(name: str, block: Block) -> Block:
    """A block in a box of a class, as the layout knows it; an empty one stays empty."""
    if not block:
        return block
    # More colons than any box inside of it has.
    inner = max(
        (len(found) for found in re.findall(r"^:{3,}", block.markdown, re.MULTILINE)), default=2
    )
    fence = ":" * (inner + 1)
    return Block(f"{fence} {{.{name}}}\n{block.markdown}\n{fence}", block.html, block.text)


def figure(
    key: str, path: str, alt: str, caption: str, downloads: Sequence[tuple[str, str]] = ()
) -> Block:
    """A numbered figure ``@fig-<key>``.

    Parameters
    ----------
    key : with hyphens, as in ``sgb2-quote-u18-karte``.
    path : of the picture, relative to the notebook.
    alt, caption : texts with marked parts.
    downloads : (text, file) of links below the figure, only on web pages: beside a notebook, and in
        a PDF, these files do not lie.
    """
    alt = plain(alt)
    source = (
        f"::: {{#fig-{key}}}\n"
        f'![]({path}){{fig-alt="{escape_attribute(alt)}"}}\n\n'
        f"{markdown(caption)}\n"
        ":::"
    )
    if downloads:
        links = "\n".join(f"- [{markdown(text)}]({file})" for text, file in downloads)
        source += (
            '\n\n:::: {.content-visible when-format="html"}\n'
            f"::: {{.herunterladen}}\n{links}\n:::\n::::"
        )
    html = (
        f'<figure><img src="{escape_html(path)}" alt="{escape_html(alt)}">'
        f"<figcaption>{escape_html(plain(caption))}</figcaption></figure>"
    )
    return Block(source, html, f"[{plain(caption)}] {alt}")


def table(
    key: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    *,
    widths: Sequence[int],
    numbers_from: int = 1,
    bold_last: bool = False,
    note: str = "",
) -> Block:
    """A numbered pipe table ``@tbl-<key>``.

    Parameters
    ----------
    head, rows, caption, note : texts with marked parts.
    widths : relative column widths.
    numbers_from : columns from this one on are right-aligned.
    bold_last : set the last row in bold (the municipality).
    """
    dashes = [
        "-" * max(3, width) + (":" if i >= numbers_from else "-") for i, width in enumerate(widths)
    ]
    body = [[markdown(cell) for cell in row] for row in rows]
    if bold_last and body:
        body[-1] = [f"**{cell}**" if cell else "" for cell in body[-1]]
    lines = [[markdown(cell) for cell in head], dashes, *body]
    source = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    source += f"\n\n: {markdown(caption)} {{#tbl-{key}}}"
    if note:
        source += f"\n\n::: {{.anmerkung}}\n{markdown(note)}\n:::"
    return Block(source, _table_html(head, rows, caption, note), _table_text(head, rows, caption))


def _table_html(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str, note: str) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        return "".join(f"<{tag}>{escape_html(plain(c))}</{tag}>" for c in cells)

    lines = "".join(f"<tr>{row(r, 'td')}</tr>" for r in rows)
    below = f"<p>{escape_html(plain(note))}</p>" if note else ""
    return (
        f"<table><caption>{escape_html(plain(caption))}</caption>"
        f"<thead><tr>{row(head, 'th')}</tr></thead><tbody>{lines}</tbody></table>{below}"
    )


def _table_text(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    return "\n".join([plain(caption), *("\t".join(plain(c) for c in r) for r in [head, *rows])])


def joined(*blocks: Block) -> Block:
    """Several blocks below each other; empty ones are left out."""
    kept = [b for b in blocks if b]
    return Block(
        "\n\n".join(b.markdown for b in kept),
        "\n".join(b.html for b in kept),
        "\n\n".join(b.text for b in kept),
    )
