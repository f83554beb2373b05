"""The pages around the chapters."""
