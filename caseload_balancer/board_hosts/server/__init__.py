"""The board on this machine alone: 127.0.0.1, one person, as many tabs as they like."""
