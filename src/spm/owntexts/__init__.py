"""What a municipality writes itself: texts, sentences, terms of the glossary."""
