"""The areas of the municipality: today's, earlier ones, groups of them."""
