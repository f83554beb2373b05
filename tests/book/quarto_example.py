"""The staged book's Quarto format without Quarto: pandoc alone, with what Quarto gives a filter."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from spm.book import extension, pandoc

STUB = """\
quarto = {
  utils = { resolve_path = function(name) return FOLDER .. '/' .. name end },
  doc = { input_file = INPUT, is_format = function(name) return FORMAT == name end },
  log = { warning = function(text) io.stderr:write(text, '\\n') end },
}
function error(text) io.stderr:write('ERROR ', text, '\\n') end
local filters = dofile(FOLDER .. '/filter.lua')
local function commands(el)
  el.text = el.text:gsub('{{<.->}}', 'BEFEHL')
  return el
end
table.insert(filters, { RawBlock = commands, RawInline = commands })
return filters
"""
"""Quarto carries out its own commands in the text that a filter leaves it, and its `error` ends
nothing."""


def written(book: Path, to: str, stem: str = "index", tmp: Path | None = None) -> str:
    """What pandoc writes of a staged book with the format's filter and template.

    Parameters
    ----------
    to : "html" (the page of one chapter) or "typst" (the whole book).
    """
    folder = book / extension.FOLDER
    stub = (tmp or book.parent) / "stub.lua"
    head = f"FOLDER = {json.dumps(str(folder))}\nINPUT = {json.dumps(f'/x/{stem}.ipynb')}\n"
    stub.write_text(head + STUB, "utf-8")
    template = {"html": "seite.html", "typst": "bericht.typ"}[to]
    options = ["-t", to, "--standalone", f"--template={folder / template}", "--wrap=none"]
    return pandoc.run([*options, f"--lua-filter={stub}", "--metadata=title:x"], "# x\n", book)


def compiled(source: str, book: Path, **options: object) -> bytes:
    """The PDF that Typst makes of it where Quarto runs it: in the book's folder, with its clock."""
    main = book / "index.typ"
    main.write_text(source, "utf-8")
    try:
        fonts = [book / extension.FOLDER / extension.FONTS]
        given = {"root": book, "font_paths": fonts, "ignore_system_fonts": True}
        return typst.compile(main, pdf_standards=["ua-1"], **given | options)
    finally:
        main.unlink()
