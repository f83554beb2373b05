"""What differs between systems stands in `spm.system`; texts are written the same everywhere."""

import ast
import textwrap

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

SOURCE = ROOT / "src/spm"
MODULES = sorted(SOURCE.rglob("*.py"))
OURS = SOURCE / "system"

ONLY_THERE = {
    *("os.name", "sys.platform", "os.replace", "os.rename", "os.renames", "os.chmod", "os.umask"),
    *("os.kill", "os.fork", "os.setsid", "os.getuid", "os.geteuid", "os.O_EXCL", "os.O_NOFOLLOW"),
    *("platform.system", "sys.getwindowsversion", "shutil.move"),
}
MODULES_OF_ONE_SYSTEM = {
    *("fcntl", "grp", "msvcrt", "posix", "pwd", "resource", "signal", "termios", "winreg"),
}
METHODS = {"chmod", "rename", "reconfigure"}
"""Of files and streams; pandas has its own `rename`, which takes no place."""
WORDS = ("~$", "win32", "nt", "posix")
"""Names of systems, and how locks of Excel begin."""
ASKED = {"os", "signal", "sys", "errno"}
"""What `hasattr` and `getattr` ask for something that not every system has."""


def differing(tree):
    """Lines that ask for a system or do what one of them does differently."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ONLY_THERE:
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None)
            named = [module] if module else [alias.name for alias in node.names]
            if found := MODULES_OF_ONE_SYSTEM & set(named) and not getattr(node, "level", 0):
                yield node.lineno, str(found)
        elif isinstance(node, ast.Call):
            yield from _call(node)
        elif isinstance(node, ast.Constant) and node.value in WORDS:
            yield node.lineno, str(node.value)


def _call(node):
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    keywords = {keyword.arg for keyword in node.keywords}
    if name in ("hasattr", "getattr") and ast.unparse(node.args[0]) in ASKED:
        yield node.lineno, ast.unparse(node)
    if name in METHODS and isinstance(node.func, ast.Attribute):
        of_a_table = name == "rename" and "columns" in keywords
        if not of_a_table and ast.unparse(node.func.value) not in ("files", "rights"):
            yield node.lineno, ast.unparse(node)


def as_the_system_likes(tree):
    """Lines that read or write texts in the encoding or with the line ends of the system."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        keywords = {keyword.arg for keyword in node.keywords}
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        mode = next((t for t in texts if isinstance(t, str) and set(t) <= set("rwxabt+")), "r")
        if name == "read_text" and not ("encoding" in keywords or texts[:1] == ["utf-8"]):
            yield node.lineno, "read_text without encoding"
        if name == "write_text" and not {"encoding", "newline"} <= keywords:
            yield node.lineno, "write_text without encoding or newline"
        ours = name == "open" and ast.unparse(node.func) in ("open", "path.open", "copy.open")
        if (ours or name == "fdopen") and "b" not in mode:
            wanted = {"encoding"} | ({"newline"} if set(mode) & set("wxa") else set())
            if not wanted <= keywords:
                yield node.lineno, f"{name} without {', '.join(sorted(wanted - keywords))}"


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def test_nobody_else_asks_which_system_it_is():
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {what}"
        for path in MODULES
        if OURS not in path.parents
        for line, what in differing(parsed(path))
    ]
    assert found == []


def test_texts_are_the_same_on_every_system():
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {what}"
        for path in MODULES
        for line, what in as_the_system_likes(parsed(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "if os.name == 'x': pass",
        "import resource",
        "from signal import SIGKILL",
        "hasattr(os, 'fork')",
        "half.rename(path)",
        "name.startswith('~$')",
    ],
)
def test_it_would_be_found(line):
    assert list(differing(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "path.read_text()",
        "path.write_text(text, encoding='utf-8')",
        "path.open('w', encoding='utf-8')",
        "open(path)",
    ],
)
def test_and_so_would_a_text_of_the_system(line):
    assert list(as_the_system_likes(ast.parse(textwrap.dedent(line))))
