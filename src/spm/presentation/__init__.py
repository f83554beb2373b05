"""Charts, maps, tables and German wording: everything a reader of the report sees."""
