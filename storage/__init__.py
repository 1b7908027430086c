"""The rows: what is true. Nothing outside `storage` and the use cases holds one."""
