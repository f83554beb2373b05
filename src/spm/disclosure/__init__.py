"""Disclosure control: what of the indicators may be published."""

from spm.disclosure.primary import INCOMPLETE, protect

__all__ = ["INCOMPLETE", "protect"]
