"""Cards show rows: reading one, redrawing those that changed, delivering notices."""
