"""What the numbers mean together, as chapters show it."""
