"""From a folder of raw files to a params file: `spm neu`; what the catalogues ask for."""
