"""The suppressor: chooses what to hide. Written apart from the audit."""
