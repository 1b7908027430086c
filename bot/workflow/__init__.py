"""The use cases: each one transaction, each leaving an audit entry; loops do the rest."""
