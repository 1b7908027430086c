"""What decides: pure functions of values, standard library only, no input or output."""
