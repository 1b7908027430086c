"""The record for those who audit it: checkpoints, verifying, exporting, purging."""
