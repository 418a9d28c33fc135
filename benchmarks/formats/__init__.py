"""File formats that only the suite reads: public instances of nurses."""
