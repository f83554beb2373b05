"""What goes to the offices that deliver: templates, marked copies of their own files, letters.

Only a delivering office and the analyst see any of it; it lies with the confidential data.
"""
