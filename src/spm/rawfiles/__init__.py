"""Raw tables as people see them: read cell by cell, nothing is interpreted."""
