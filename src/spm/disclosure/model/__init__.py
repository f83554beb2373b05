"""The report as a system of counts."""
