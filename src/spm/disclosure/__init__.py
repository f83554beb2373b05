"""Disclosure control: what of the indicators may be published, and the proof that it is safe."""

from spm.disclosure.certify import certificate, write_audit_list
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rules import Rules, check_rules
from spm.disclosure.protection import Protected, protect

__all__ = [
    "Inputs",
    "Protected",
    "Rules",
    "certificate",
    "check_rules",
    "protect",
    "write_audit_list",
]
