"""Linear programs: the relaxation in rows and columns, solved, and bounds in whole numbers."""
