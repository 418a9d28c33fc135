"""File formats the suite reads: public instances, the engine's arrays, folders of a week."""
