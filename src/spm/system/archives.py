"""Zip archives (Excel, Word) whose bytes are the same on every system."""

from __future__ import annotations

import struct

_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"
_UNIX = 3


def same_everywhere(content: bytes) -> bytes:
    """The archive without the name of the system that it was made on.

    Every entry of the central directory names it, in the upper byte of "version made by" (0 is
    Windows, 3 Unix). Source: APPNOTE.TXT 6.3.10, sections 4.3.12, 4.3.16 and 4.4.2.

    Parameters
    ----------
    content : an archive without a comment, as xlsxwriter and `zipfile` write it.
    """
    end = content.rfind(_END)
    if end < 0:
        return content
    entries, _, at = struct.unpack_from("<HII", content, end + 10)
    changed = bytearray(content)
    for _ in range(entries):
        if changed[at : at + 4] != _ENTRY:  # larger than four gigabytes: none of ours
            return content
        changed[at + 5] = _UNIX
        name, extra, comment = struct.unpack_from("<HHH", changed, at + 28)
        at += 46 + name + extra + comment
    return bytes(changed)
