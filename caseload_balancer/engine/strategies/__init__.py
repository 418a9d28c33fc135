"""Which methods settle a tier, and in which order."""
