"""Words, numbers and colours as text: what every package may use."""
