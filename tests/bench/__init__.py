"""The benchmark: figures, with the machine they were measured on; nothing here is a test."""
