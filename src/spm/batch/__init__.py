"""Many municipalities in one command: each checked and built, in parallel, on Dask.

What travels between the one who starts a batch and the workers are the path of a params file, a
few words and a record of the outcome (`spm.batch.records`). Deliveries are read by the worker that
builds the municipality, from the places that its params file names.
"""

from spm.batch.running import Batch, recap, run

__all__ = ["Batch", "recap", "run"]
