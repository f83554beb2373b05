"""Names from data and params as plain text in chapter Markdown.

A name may hold anything: ``<script>``, ``|``, ``#``, ``$``, ``_``, quotes, even ``@fig-x``. Pandoc
(in Quarto and in the embedded renderer) must show it as it is and never read it as markup.
"""

import re

_ALWAYS = frozenset("\\`*_{}[]()<>#+!|@$~^\"':=&")
"""Punctuation that pandoc Markdown or Quarto may read as markup anywhere."""

_BETWEEN_WORDS = frozenset("-.")
"""Harmless inside a word (Bad-Nauheim), markup elsewhere (list marker, dash, ellipsis)."""


def escape_markdown(text: object) -> str:
    r"""Write a text so that pandoc Markdown shows it unchanged.

    Line breaks and runs of blanks become one blank, as a name fits on one line of Markdown: in a
    heading, a table cell and a caption alike. Ordinary names stay readable in the source.

    Parameters
    ----------
    text : anything with a ``str`` form.

    Returns
    -------
    str
        Markdown for the same characters, without markup.

    Examples
    --------
    >>> escape_markdown("Bad Nauheim-Süd")
    'Bad Nauheim-Süd'
    >>> escape_markdown("A|B_1")
    'A\\|B\\_1'
    """
    plain = " ".join(str(text).split())
    out = []
    for i, char in enumerate(plain):
        inside = 0 < i < len(plain) - 1 and plain[i - 1].isalnum() and plain[i + 1].isalnum()
        if char in _ALWAYS or (char in _BETWEEN_WORDS and not inside) or (char == "%" and i == 0):
            out.append("\\")
        out.append(char)
    return "".join(out)


def unescape_markdown(text: str) -> str:
    r"""Read back what `escape_markdown` wrote.

    Examples
    --------
    >>> unescape_markdown(escape_markdown("A|B <i>"))
    'A|B <i>'
    """
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def escape_attribute(text: object) -> str:
    r"""Write a text for use between the double quotes of an attribute, as in ``fig-alt="…"``.

    Pandoc reads backslash escapes and character references there, and no other markup.

    Examples
    --------
    >>> escape_attribute('Der "Berg" & das Tal')
    'Der \\"Berg\\" \\& das Tal'
    """
    return re.sub(r'([\\"&])', r"\\\1", " ".join(str(text).split()))
