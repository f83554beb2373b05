"""The invented municipality "Pilotkommune": one module per department that delivers."""
