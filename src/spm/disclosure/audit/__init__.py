"""The auditor: proves what stays hidden. Written apart from the suppressor."""
