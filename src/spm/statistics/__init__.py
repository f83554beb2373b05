"""From counts to indicators: selection, values, intervals, comparison."""

from spm.statistics.indicators import compute_indicators

__all__ = ["compute_indicators"]
