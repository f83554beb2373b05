"""What disclosure control is given: numbers, rules, other reports."""
