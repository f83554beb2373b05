"""Chapter notebooks: run by papermill in kernels that start warm."""
