"""Damage by chance: bad inputs and kills, each with a verdict. `benchmarks/reliability.py` runs
all of them, the tests here a few."""
