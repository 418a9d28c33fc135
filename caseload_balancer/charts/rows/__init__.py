"""The numbers of each chart: no matplotlib, no drawing."""
