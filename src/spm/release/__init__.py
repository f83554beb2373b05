"""A published dataset: its certificate, its gate, its manifest, its place."""
