"""Column generation over arcs, MIR and Gomory cuts, and fixing by reduced costs."""
