"""Next year's params file out of this year's, and what is still to come from whom: ``spm jahr``."""
