"""Figures: charts and maps, measured in points."""
