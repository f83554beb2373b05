"""Files that others wrote are data: which of them are read at all, and within which limits."""
