"""HTML templates: everything is escaped, and a name that nobody filled is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2


@cache
def template(path: Path) -> jinja2.Template:
    """The template in a file, read once; what it renders ends without a line break."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(path.parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(path.name)
