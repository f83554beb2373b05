"""Everything that differs between Linux, macOS and Windows; nobody else asks which system it is.

`names` (of files, drives, devices), `files` (replacing and removing what others hold open),
`lengths` (of paths), `rights`, `limits` (of processor and memory), `processes` (fork or spawn),
`console` (characters, signals), `lines` (their ends), `archives` (Excel, Word), `codes` (numbers of
errors). `tests/system/test_nowhere_else.py` looks for what stands elsewhere.
"""
