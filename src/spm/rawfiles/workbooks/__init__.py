"""What a workbook holds besides the values of its cells, told alike for every format.

The reader of values (calamine) knows no formats, no formulas and nothing hidden; readers that do
are slower, and are asked only where a file has any of it.
"""
