"""What Jupyter shows: figures inside of the output, and which calls there are.

A figure lies in a folder beside the notebook; Jupyter finds it there, other editors do not, and
neither does anybody to whom the notebook is sent.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from spm.config.held import VARIABLE

_PICTURE = re.compile(r'(<img src=")([^":]+\.svg)(")')

AnyClass = TypeVar("AnyClass", bound=type)


def inside_a_build() -> bool:
    """Whether a chapter is being run for the report, which takes Markdown alone."""
    return bool(os.environ.get(VARIABLE))


def inlined(html: str) -> str:
    """The same page with its pictures inside; those that are not there stay as they are."""
    return _PICTURE.sub(_inside, html)


def _inside(match: re.Match[str]) -> str:
    try:
        picture = Path(match[2]).read_bytes()
    except OSError:
        return match[0]
    text = base64.b64encode(picture).decode("ascii")
    return f"{match[1]}data:image/svg+xml;base64,{text}{match[3]}"


def documented(title: str, calls: Mapping[str, str]) -> Callable[[AnyClass], AnyClass]:
    """Let ``name?`` in Jupyter list the calls of a class, in German as they are called.

    Parameters
    ----------
    calls : call -> what it shows.
    """
    wide = max(map(len, calls)) + 2
    listed = "\n".join(f"{call:<{wide}}{what}" for call, what in calls.items())

    def decorate(decorated: AnyClass) -> AnyClass:
        decorated.__doc__ = f"{title}\n\n{listed}\n\n{decorated.__doc__ or ''}"
        return decorated

    return decorate


def bundle(markdown: str, html: str, text: str) -> dict[str, Any]:
    """One output in every form that somebody may ask for."""
    page = html if inside_a_build() else inlined(html)
    return {"text/markdown": markdown, "text/html": page, "text/plain": text}
