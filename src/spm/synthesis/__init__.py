"""What published numbers mean together: figures in, figures out.

Everything here takes published numbers alone (values, intervals, counts of rows with status "ok",
names of statuses of the others) and is the same for the same published rows. It knows neither
files nor words.
"""
