"""The solver: arrays in, assignment and bound out. Knows no word of the field."""
