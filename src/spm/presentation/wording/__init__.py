"""German sentences and alt texts, made from published numbers only."""
