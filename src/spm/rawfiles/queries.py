"""What is asked of a database, and by which address: one query that reads, and no options that
would let it do more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spm.errors import SpmError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

_TEXTS = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|\$(\w*)\$.*?\$\1\$"
    r"|--[^\n]*|/\*.*?\*/",
    re.DOTALL,
)
"""Texts, names between marks, comments."""

_BEGINS = {"select", "with", "values", "from", "table"}
_CHANGES = re.compile(
    r"(?<![.\w])(insert|update|delete|merge|drop|alter|create|truncate|grant|into|attach|detach|exec|"
    r"execute|copy|export|install|load|call|pragma)\b(?!\s*[(,.=])",
    re.IGNORECASE,
)
"""Words of statements that change something; a function or column may have the name of one."""

OPTIONS = {
    "application_name", "applicationintent", "authentication", "charset", "client_encoding",
    "connect_timeout", "driver", "encrypt", "multisubnetfailover", "service_name", "ssl_ca",
    "ssl_cert", "ssl_key", "ssl_verify_cert", "ssl_verify_identity", "sslcert", "sslkey", "sslmode",
    "sslrootcert", "timeout", "trusted_connection", "trustservercertificate",
}  # fmt: skip
"""What an address may say besides the place: how to encrypt, how long to wait."""

_READ_ONLY = {
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}
"""First statement, by kind of database."""


def check_query(query: str) -> None:
    """Refuse what is not one query that reads.

    Raises
    ------
    SpmError
        Several statements, or another one than SELECT; with the word.
    """
    bare = _TEXTS.sub(_without, query).strip().rstrip(";").strip()
    first = re.match(r"[\s(]*(\w*)", bare)
    word = first[1].lower() if first else ""
    changes = _CHANGES.search(bare)
    if ";" in bare:
        was = "Die Abfrage besteht aus mehreren Befehlen (Strichpunkt)."
    elif word not in _BEGINS:
        was = f"Die Abfrage beginnt mit «{word.upper()}»; erlaubt ist nur SELECT."
    elif changes:
        was = f"Die Abfrage enthält «{changes[0].upper()}»; erlaubt ist nur, was liest."
    else:
        return
    raise SpmError(was, tun="In der Params-Datei als abfrage einen einzigen SELECT-Befehl angeben.")


def _without(found: re.Match[str]) -> str:
    """A comment is nothing, but MySQL runs what stands in one like this: /*! … */."""
    text = found[0]
    if text.startswith("/*!"):
        return text[3:-2]
    return " " if text.startswith(("--", "/*")) else " '' "


def check_address(url: URL, variable: str) -> None:
    """Refuse an address with options that change more than how to reach a server.

    Raises
    ------
    SpmError
        Without the address, which can hold a password.
    """
    single = url.get_backend_name() in ("sqlite", "duckdb")
    for key, value in url.query.items():
        known = not single and key.lower() in OPTIONS
        if not known or (key.lower() == "driver" and not re.fullmatch(r"[\w .()+-]+", str(value))):
            raise SpmError(
                f"Die Adresse in {variable} enthält die Option «{key}», die nicht erlaubt ist.",
                tun="Die Option weglassen: Die Datenbank wird nur gelesen, mit dem, was "
                "art://benutzer:passwort@rechner/datenbank sagt.",
            )


def read_only(connection: Connection) -> Connection:
    """A connection that the server itself lets do nothing but read, where it knows how."""
    kind = connection.dialect.name
    options: dict[str, Any] = {"no_parameters": True}
    if kind == "postgresql":
        options["postgresql_readonly"] = True
    connection = connection.execution_options(**options)
    if kind in _READ_ONLY:
        connection.exec_driver_sql(_READ_ONLY[kind])
    return connection
